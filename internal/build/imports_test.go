package build_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"candour/internal/render"
)

type listed struct {
	ImportPath           string
	Imports, TestImports []string
	XTestImports         []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "candour/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for dec.More() {
		var p listed
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 20 {
		t.Fatalf("only %d packages were listed", len(all))
	}
	return all
}

// Hugo stands behind one door.
func TestOnlyRenderImportsHugo(t *testing.T) {
	door := false
	for _, p := range packages(t) {
		for _, imp := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			if !strings.HasPrefix(imp, render.Module) {
				continue
			}
			if p.ImportPath == "candour/internal/render" {
				door = true
				continue
			}
			t.Errorf("%s imports %s", p.ImportPath, imp)
		}
	}
	if !door {
		t.Error("internal/render does not import Hugo: this test looks for the wrong thing")
	}
}

// order is the layers of the program, lowest first; a package imports only packages before it.
var order = []string{
	"candour",
	"content",
	"data",
	"layouts",
	"themes",
	"internal/diag",
	"internal/level",
	"internal/nearmiss",
	"internal/parallel",
	"internal/ledger",
	"internal/output",
	"internal/frontmatter",
	"internal/settings",
	"internal/markdown",
	"internal/detail",
	"internal/media",
	"internal/webcheck",
	"internal/prose",
	"internal/pdf",
	"internal/qrcode",
	"internal/leaflet",
	"internal/tool",
	"internal/plaintext",
	"internal/epub",
	"internal/braille",
	"internal/speech",
	"internal/hosting",
	"internal/pagefind",
	"internal/leak",
	"internal/alert",
	"internal/report",
	"internal/publish",
	"internal/deploy",
	"internal/pack",
	"internal/content",
	"internal/config",
	"internal/brand",
	"internal/statement",
	"internal/vocab",
	"internal/words",
	"internal/glossary",
	"internal/wording",
	"internal/reading",
	"internal/schema",
	"internal/suppress",
	"internal/figure",
	"internal/chart",
	"internal/load",
	"internal/vetting",
	"internal/redact",
	"internal/present",
	"internal/alertform",
	"internal/search",
	"internal/render",
	"internal/past",
	"internal/audit",
	"internal/printing",
	"internal/build",
	"internal/packing",
	"internal/review",
	"internal/estate",
	"internal/preview",
	"internal/scaffold",
	"internal/sitetest",
	"internal/cli",
	"internal/bench",
	"internal/bench/candour-bench",
	"internal/browsertest",
	"internal/printtest",
	"cmd/candour",
}

func TestImportsPointDown(t *testing.T) {
	at := func(path string) int {
		return slices.Index(order, strings.TrimPrefix(path, "candour/"))
	}
	for _, p := range packages(t) {
		here := at(p.ImportPath)
		if here < 0 {
			t.Errorf("%s has no place in the order of packages; give it one", p.ImportPath)
			continue
		}
		for _, imp := range p.Imports {
			if strings.HasPrefix(imp, "candour/") || imp == "candour" {
				if there := at(imp); there >= here {
					t.Errorf("%s imports %s, which stands above it", p.ImportPath, imp)
				}
			}
		}
	}
}

// revealers are the packages that may look at what is withheld: redaction, which writes it down, and the search for it.
var revealers = []string{"candour/internal/ledger", "candour/internal/leak"}

func TestOnlyTheSearchRevealsSecrets(t *testing.T) {
	out, err := exec.Command("grep", "-rlF", "--include=*.go", ".Reveal()", "../..").Output()
	if err != nil {
		t.Fatalf("nothing reveals a secret: this test looks for the wrong thing: %v", err)
	}
	for _, file := range strings.Fields(string(out)) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		dir := "candour/" + strings.TrimPrefix(file[:strings.LastIndexByte(file, '/')], "../../")
		if !slices.Contains(revealers, dir) {
			t.Errorf("%s reveals a secret", file)
		}
	}
}
