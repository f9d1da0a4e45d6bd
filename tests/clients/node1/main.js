'use strict';

require('../node/program')(require('@baiducloud/sdk'));
