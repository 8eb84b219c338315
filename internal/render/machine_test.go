package render

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"
)

// A page that Hugo could not make smaller stays in no temporary file; what somebody else left there does.
func TestNoPageIsLeftBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	const old = "hugo-transform-error1"
	if err := os.WriteFile(filepath.Join(dir, old), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	source := newSource()
	for name, text := range map[string]string{
		"hugo.json":         `{"baseURL":"https://a.example/","minify":{"minifyOutput":true},"disableKinds":["rss","sitemap","taxonomy","term"]}`,
		"layouts/home.html": `<script>var = ;(</script>`,
	} {
		if err := afero.WriteFile(source, root+"/"+name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	names := func() (out []string) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			out = append(out, e.Name())
		}
		return out
	}
	bare := &engine{} // which does not clear up
	if err := bare.open(source, newSink(), io.Discard); err != nil {
		t.Fatal(err)
	}
	if err := bare.run(context.Background()); err == nil || len(names()) < 2 {
		t.Fatalf("Hugo leaves nothing behind, so that this test shows nothing: %v", err)
	}
	for _, name := range names() {
		if name != old {
			_ = os.Remove(filepath.Join(dir, name))
		}
	}
	e := start(source, newSink(), io.Discard)
	if err := e.run(context.Background()); err == nil {
		t.Error("a page that is no HTML was made")
	}
	e.close()
	if got := names(); !slices.Equal(got, []string{old}) {
		t.Errorf("the folder holds %q", got)
	}
}

// The bundler reads the machine's own files: its functions are found however they are written, and nothing else is taken
// for them.
func TestBundlerIsNotForTemplates(t *testing.T) {
	for text, want := range map[string]bool{
		`{{ resources.FromString "a.js" "import x from \"/etc/hostname\"" | js.Build }}`: true,
		`{{ js . Build }}`:                              true,
		`{{ $j := js }}{{ $j.Build }}`:                  true,
		`{{ (js).Build . }}`:                            true,
		`{{ with css }}{{ .Build }}{{ end }}`:           true,
		`{{ apply . "css.Build" "." }}`:                 true,
		`{{ js.Batch "a" }}`:                            true,
		`{{ with resources.Get "js/a.js" }}{{ end }}`:   false,
		`{{ $js := .js }}{{ partial "js" $js }}`:        false,
		`<p class="js css">{{ .Title }}</p> js.builder`: false,
		`{{/* the js of it */}}{{ css.Quoted "a" }}`:    false,
		`{{ dict "js" 1 }}{{ .Params.css }}`:            false,
	} {
		if found := bundling(map[string]themeFile{"a.html": {data: []byte(text), source: "layouts/a.html"}}); found.HasErrors() != want {
			t.Errorf("%s: %v", text, found)
		}
	}
}

// A name put together from pieces is found by no search of a template's text: there is no bundler to reach.
func TestNoNameReachesTheBundler(t *testing.T) {
	const said = "what stands on the machine"
	file := filepath.Join(t.TempDir(), "held.txt")
	if err := os.WriteFile(file, []byte(said), 0o600); err != nil {
		t.Fatal(err)
	}
	begin := `{{ $name := printf "j%s.Bu%s" "s" "ild" }}{{ $from := resources.FromString "x.js" "import t from '` + filepath.ToSlash(file) + `'; console.log(t)" }}`
	for how, template := range map[string]string{
		"a template run as one": `{{ $t := resources.FromString "y.txt" (printf "{{ (%s .).Content }}" $name) }}{{ ($t | resources.ExecuteAsTemplate "z.txt" $from).Content }}`,
		"apply":                 `{{ range apply (slice $from) $name "." }}{{ .Content }}{{ end }}`,
	} {
		text := begin + template
		if calls([]byte(text)) >= 0 {
			t.Errorf("%s: the search of the text finds it already, so that this case shows nothing", how)
		}
		source := newSource()
		for name, data := range map[string]string{"hugo.json": `{"baseURL":"https://a.example/","disableKinds":["rss","sitemap","taxonomy","term"]}`, "layouts/home.html": text} {
			if err := afero.WriteFile(source, root+"/"+name, []byte(data), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		files, err := Build(source)
		if err == nil || !strings.Contains(err.Error(), noBundler) {
			t.Errorf("%s: the bundler ran, or was not called: %v", how, err)
			continue
		}
		if f := (&tree{}).finding(err, nil); !strings.HasSuffix(f.Message, noBundler) || f.Hint != bundleHint {
			t.Errorf("%s: the finding says %q, hint %q", how, f.Message, f.Hint)
		}
		for _, f := range files {
			if strings.Contains(string(f.Data), said) {
				t.Errorf("%s: %s holds the machine's file", how, f.Path)
			}
		}
	}
}
