# syntax=docker/dockerfile:1
#
# Callsheet as an image: compiled program, production dependencies, git. Runs as a user without rights, on a read-only root file system.
#
#   docker build -t callsheet .
#
# The base is pinned by version. To pin it by digest as well, which makes a rebuild byte for byte the same base, build with
#   --build-arg NODE_IMAGE=node:26.10.0-alpine@sha256:...   (docker buildx imagetools inspect node:26.10.0-alpine)
ARG NODE_IMAGE=node:26.10.0-alpine

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json ./
# No scripts of dependencies run: none of those that compiling needs has one.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build.ts scripts/fetch-weights.ts scripts/
COPY schemas schemas
COPY controller controller
RUN node scripts/build.ts

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /src
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE}
# For specs in git. The versions are those of the base's release: its repository keeps only the newest of each, so naming one here would
# make the build fail on the day of a security fix.
RUN apk add --no-cache git openssh-client \
  && rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /opt/yarn* /usr/local/bin/yarn*
WORKDIR /app
COPY --from=dependencies /src/node_modules node_modules
COPY --from=build /src/dist dist
COPY bin bin
COPY schemas schemas
COPY specs specs
COPY package.json LICENSE ./

# All that is written beside the library: fetched commits, Node's compile cache.
ENV NODE_ENV=production \
  CALLSHEET_CACHE=/tmp/callsheet \
  CALLSHEET_LISTEN=0.0.0.0:8322
# A number, so that Kubernetes can see that it is not root. The base calls it "node".
USER 1000:1000
WORKDIR /library
EXPOSE 8322
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8322/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/bin/callsheet.js"]
CMD ["controller"]
