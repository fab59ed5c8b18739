# syntax=docker/dockerfile:1
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X wenguan/app.Version=${VERSION}" -o /out/wenguan . \
 && mkdir /out/data

# The static image has root certificates and a non-root user, and no shell.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/wenguan /wenguan
COPY --from=build --chown=nonroot:nonroot /out/data /data
WORKDIR /
ENV WENGUAN_ADDR=:8080
# The embedded store is in ./data, unless WENGUAN_STORE names a MongoDB replica set.
VOLUME /data
EXPOSE 8080
USER nonroot
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/wenguan", "health"]
ENTRYPOINT ["/wenguan"]
CMD ["serve"]
