# What a developer does with this repository. `make test` needs a machine with Go and Debian's packages, and nothing else.

GO ?= go
GOFMT = $(shell $(GO) env GOROOT)/bin/gofmt
CANDOUR := bin/candour
CLOUD := cmd/candour-cloud

# The version is in the code. Asking git for it would fail in a checkout that belongs to somebody else.
export GOFLAGS := $(strip $(GOFLAGS) -buildvcs=false)

# Installing packages takes root.
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# Ours: not what npm installed, nor a built site.
GO_FILES = $(shell find . -name '*.go' -not -path './node_modules/*' -not -path './public/*' -not -path './editions/*')

# What runs several things at once, with the packages that it is made of.
RACE_PACKAGES ?= ./internal/parallel/... ./internal/audit/... ./internal/leak/... ./internal/past/... ./internal/publish/...

.DEFAULT_GOAL := help
.PHONY: help build build-cloud setup test fmt-check vet staticcheck test-go cloud tidy race browser bench bench-print fmt sign-starter clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Compile the program to bin/candour
	$(GO) build -o $(CANDOUR) ./cmd/candour

# A module of its own: what it takes is no part of the program that most people use.
build-cloud: ## Compile the program with clients for S3, Azure and Google to bin/candour-cloud
	$(GO) -C $(CLOUD) build -o $(CURDIR)/bin/candour-cloud .

# The order is from quick to slow, so that a slip is told of early. Each step is a make of its own: with -j they would
# fight over the same processors.
test: ## Check everything, and install what that needs
	@$(MAKE) --no-print-directory setup
	@$(MAKE) --no-print-directory fmt-check
	@$(MAKE) --no-print-directory vet
	@$(MAKE) --no-print-directory test-go
	@$(MAKE) --no-print-directory staticcheck
	@$(MAKE) --no-print-directory cloud
	@$(MAKE) --no-print-directory race
	@$(MAKE) --no-print-directory browser

setup: node_modules/.package-lock.json bin/tools/versitygw bin/tools/fake-gcs-server ## Install what the checks need: Chromium, poppler, fonts, zbar, epubcheck, liblouis, espeak-ng, lame, jq, pgrep, Java, a C compiler, axe-core, the Nu HTML checker, versitygw, fake-gcs-server
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || $(MAKE) --no-print-directory apt-chromium
	@command -v java >/dev/null || $(MAKE) --no-print-directory apt-default-jre-headless
	@command -v pdftotext >/dev/null || $(MAKE) --no-print-directory apt-poppler-utils
	@command -v zbarimg >/dev/null || $(MAKE) --no-print-directory apt-zbar-tools
	@test -f /usr/share/java/epubcheck.jar || $(MAKE) --no-print-directory apt-epubcheck
	@fc-list 2>/dev/null | grep -q NotoNaskhArabic || $(MAKE) --no-print-directory apt-fonts-noto-core
	@command -v lou_translate >/dev/null || $(MAKE) --no-print-directory apt-liblouis-bin
	@command -v espeak-ng >/dev/null || $(MAKE) --no-print-directory apt-espeak-ng
	@command -v lame >/dev/null || $(MAKE) --no-print-directory apt-lame
	@command -v jq >/dev/null || $(MAKE) --no-print-directory apt-jq
	@command -v pgrep >/dev/null || $(MAKE) --no-print-directory apt-procps
	@command -v gcc >/dev/null || $(MAKE) --no-print-directory apt-gcc apt-libc6-dev

# Waits while another installation is under way.
apt-%:
	@command -v apt-get >/dev/null || { echo "install $* by this system's own means, then run make again" >&2; exit 1; }
	$(AS_ROOT) apt-get -o DPkg::Lock::Timeout=600 -qq update
	$(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq install -y --no-install-recommends $*

# npm writes this file last.
node_modules/.package-lock.json: package.json package-lock.json .npmrc
	@command -v npm >/dev/null || $(MAKE) --no-print-directory apt-npm
	npm ci
	@touch $@

fmt-check:
	@unformatted=$$($(GOFMT) -l $(GO_FILES)); [ -z "$$unformatted" ] || { echo "not as gofmt writes it (make fmt mends it):"; echo "$$unformatted"; exit 1; }

fmt: ## Write every Go file as gofmt does
	$(GOFMT) -w $(GO_FILES)

vet:
	$(GO) vet -tags browser ./...

# The version stands in go.mod, as a tool.
staticcheck:
	$(GO) tool staticcheck -tags browser ./...

test-go: ## Run the Go tests alone
	$(GO) test -timeout 15m ./...

# The servers that it deploys to are programs of their own, on this machine.
cloud: bin/tools/versitygw bin/tools/fake-gcs-server bin/tools/staticcheck ## Build, vet and test candour-cloud against S3 and Google servers on this machine
	$(GO) -C $(CLOUD) vet ./...
	cd $(CLOUD) && $(CURDIR)/bin/tools/staticcheck ./...
	TOOLS=$(CURDIR)/bin/tools $(GO) -C $(CLOUD) test -count=1 -parallel 6 -timeout 5m ./...

bin/tools/versitygw:
	GOBIN=$(CURDIR)/bin/tools $(GO) install github.com/versity/versitygw/cmd/versitygw@v1.8.0

bin/tools/fake-gcs-server:
	GOBIN=$(CURDIR)/bin/tools $(GO) install github.com/fsouza/fake-gcs-server@v1.56.1

bin/tools/staticcheck: go.mod
	$(GO) build -o $@ honnef.co/go/tools/cmd/staticcheck

# The test that is left out builds the starter many times, in ways that others have run already.
race: ## Run what is concurrent under the race detector
	CGO_ENABLED=1 $(GO) test -race -timeout 15m -skip '^TestTheStarterIsCovered$$' $(RACE_PACKAGES)
	CGO_ENABLED=1 $(GO) test -race -timeout 15m -run TestServe ./internal/cli

# Not from the cache: the site and the browser are no inputs that go test knows of.
browser: build ## Look at the starter site in Chromium and with the Nu HTML checker, and print
	CANDOUR=$(CURDIR)/$(CANDOUR) $(GO) test -tags browser -count=1 -timeout 20m ./internal/browsertest/ ./internal/pdf/ ./internal/printtest/

bench: ## Measure candour against plain Hugo, and many sites at once, some twelve minutes (BENCH="-sizes 1000 -pairs 3" for less)
	$(GO) run ./internal/bench/candour-bench $(BENCH)

bench-print: ## Measure printing beside the browser's own --print-to-pdf, some three minutes
	$(GO) run ./internal/bench/candour-bench -sizes "" -sites 0 -prints 3

tidy: ## Bring both modules' lists of dependencies up to date
	$(GO) mod tidy
	$(GO) -C $(CLOUD) mod tidy

sign-starter: build ## Sign the starter's pages again after their words were changed
	CANDOUR=$(CANDOUR) .ci/sign-starter

clean: ## Remove what make made
	rm -rf bin node_modules
