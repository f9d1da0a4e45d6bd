'use strict';

require('../node/program')(require('bce-sdk-js'));
