# Wenguan 文馆: everything a developer does, by name. `make` alone lists it.
.DEFAULT_GOAL := help
GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
ARGS    ?=
# The version is stamped below; asking git again fails in a clone that belongs to somebody else.
export GOFLAGS := $(GOFLAGS) -buildvcs=false

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-10s %s\n", $$1, $$2}'

.PHONY: build
build: ## build the one binary, ./wenguan
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w -X wenguan/app.Version=$(VERSION)" -o wenguan .

.PHONY: demo
demo: build ## start the product with a sample district in a fresh folder; ARGS="--residents 2000 --sessions FILE"
	./wenguan demo $(ARGS)

.PHONY: run
run: build ## start the product on ./data/wenguan.db; ARGS="--addr :8080"
	./wenguan serve $(ARGS)

.PHONY: deps
deps: ## install what the tests need from Debian: Chromium and Chinese fonts
	@tools/deps.sh

.PHONY: test
test: deps check ## install what the tests need, then run every test
	$(GO) test -timeout 30m ./...

.PHONY: race
race: ## run the tests of the models, jobs, handlers and app under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race ./models/... ./jobs/... ./handlers/... ./app/...

.PHONY: e2e
e2e: deps ## run only the tests in a real browser; SHOTS=DIR keeps a picture of every page
	$(GO) test -count=1 -timeout 30m ./e2e/...

.PHONY: bench
bench: ## measure: plain endpoint, availability, reserve, bare store, a year's summary; prints ratios
	$(GO) run ./bench $(ARGS)

.PHONY: fmt
fmt: ## format the Go code
	$(GO) run mvdan.cc/gofumpt@v0.9.2 -l -w main.go app handlers jobs models bench e2e static

.PHONY: check
check: ## what needs no test run: formatting, vet, known vulnerabilities
	@out=$$(gofmt -l main.go app handlers jobs models bench e2e static tools); test -z "$$out" || { echo "not formatted: $$out"; exit 1; }
	$(GO) vet ./...
	@GO="$(GO)" tools/vulnerable.sh

.PHONY: lint
lint: check ## all of check, staticcheck (fetches the tools), and the types of the JavaScript (needs npm)
	$(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
	cd tools/vendor && npm ci --silent && npx tsc -p ../../jsconfig.json

.PHONY: vendor
vendor: ## make static/vendor again from the pinned npm packages (needs npm)
	cd tools/vendor && npm ci --silent && node vendor.mjs

.PHONY: golden
golden: ## write docs/openapi.yaml and the other golden files anew
	$(GO) test ./handlers/... ./models/account -update

.PHONY: docker
docker: ## build the container image
	docker build --build-arg VERSION=$(VERSION) -t wenguan:$(VERSION) .
