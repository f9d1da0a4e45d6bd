ARG PYTHON_VERSION=3.13

FROM python:${PYTHON_VERSION}-slim AS dependencies
ARG APT_MIRROR
# hadolint ignore=DL3008
RUN if [ -n "$APT_MIRROR" ]; then sed -i "s|http://deb.debian.org|$APT_MIRROR|" /etc/apt/sources.list.d/debian.sources; fi \
    && apt-get update \
    && apt-get install --yes --no-install-recommends binutils tini \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
ARG PIP_INDEX_URL
# Empty, or an extra of the package: postgres brings the client of PostgreSQL.
ARG EXTRA
COPY requirements/run.txt requirements/postgres.txt requirements/
# Some wheels carry debugging symbols that are larger than their code, and what only compilers, type checkers and pip read.
RUN python -m venv --without-pip /opt/bce-emulator \
    && python -m pip --python /opt/bce-emulator/bin/python install \
        --no-cache-dir --disable-pip-version-check --root-user-action=ignore \
        --no-deps --require-hashes --only-binary=:all: --no-compile -r "requirements/${EXTRA:-run}.txt" \
    && python -m pip --python /opt/bce-emulator/bin/python check --disable-pip-version-check \
    && find /opt/bce-emulator/lib -name '*.so*' -exec strip --strip-unneeded {} + \
    && find /opt/bce-emulator/lib '(' -name '*.py[xi]' -o -name '*.px[di]' -o -name '*.h' -o -name RECORD ')' -delete \
    && python -m compileall -q --invalidation-mode unchecked-hash /opt/bce-emulator/lib

FROM dependencies AS application
COPY requirements/build.txt requirements/
RUN python -m pip install \
        --no-cache-dir --disable-pip-version-check --root-user-action=ignore \
        --no-deps --require-hashes --only-binary=:all: -r requirements/build.txt \
    && python -m pip check --disable-pip-version-check
COPY pyproject.toml README.md ./
COPY emulator/ emulator/
RUN python -m pip wheel --no-index --no-deps --no-build-isolation --disable-pip-version-check -w dist . \
    && python -m pip --python /opt/bce-emulator/bin/python install \
        --no-index --no-deps --disable-pip-version-check --root-user-action=ignore \
        --no-compile --no-warn-script-location --root /application dist/*.whl \
    && find /application -name RECORD -delete \
    && python -m compileall -q --invalidation-mode unchecked-hash -s /application /application

FROM python:${PYTHON_VERSION}-slim
RUN python -B -m pip uninstall --yes --quiet --root-user-action=ignore pip setuptools wheel \
    && find /usr -depth -type d '(' -name ensurepip -o -name python-wheels ')' -exec rm -r {} + \
    && install -d /seed && install -d -o 10001 -g 10001 /state
COPY --from=dependencies /usr/bin/tini /usr/bin/tini
COPY --from=dependencies /opt/bce-emulator /opt/bce-emulator
COPY --from=application /application /
ENV PATH=/opt/bce-emulator/bin:$PATH \
    BCE_EMULATOR_HOST=0.0.0.0 \
    BCE_EMULATOR_PORT=8080 \
    BCE_EMULATOR_CONTAINER=1
# The official base has no bytecode of the standard library: one life of the emulator compiles what it needs.
# hadolint ignore=DL3001
RUN bce-emulator serve & \
    for _ in $(seq 50); do bce-emulator health 2>/dev/null && break; sleep 0.1; done; \
    bce-emulator health && kill -TERM $! && wait $!
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --start-interval=0.2s --retries=3 \
    CMD ["bce-emulator", "health"]
# A signal that reaches process 1 before Python can listen would be lost; tini keeps it, and 143 is the answer to it.
ENTRYPOINT ["tini", "-s", "-e", "143", "--", "bce-emulator"]
CMD ["serve"]

ARG PYTHON_VERSION
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG OPERATIONS=unknown
LABEL org.opencontainers.image.title="bce-emulator" \
      org.opencontainers.image.description="A local double of Baidu AI Cloud's compute API (BCC)" \
      org.opencontainers.image.base.name="docker.io/library/python:${PYTHON_VERSION}-slim" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      bce-emulator.operations="${OPERATIONS}"
