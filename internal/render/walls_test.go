package render_test

import (
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/spf13/afero"

	"candour/internal/load"
	"candour/internal/redact"
	"candour/internal/render"
	"candour/internal/sitetest"
	"candour/internal/vetting"
)

const value = "Zembrickwold"

func cleared(t *testing.T, files fs.FS) *redact.Cleared {
	t.Helper()
	ctx, opt := context.Background(), sitetest.Options(nil, "public")
	opt.Load.Source = files
	repo, found, err := load.Load(ctx, opt.Load)
	if err != nil || repo == nil {
		t.Fatal(err, found)
	}
	edition, _ := repo.Config().Edition("public")
	v, found, err := vetting.Vet(ctx, repo, vetting.Options{Edition: edition})
	if err != nil || !v.Sound() {
		t.Fatal(err, found)
	}
	c, found, err := redact.Redact(ctx, v)
	if err != nil || !c.Sound() {
		t.Fatal(err, found)
	}
	return c
}

// Each setting of ours is a wall: with it the value stays out, and without it the same template prints it.
func TestEachWallHolds(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, value)
	}))
	defer server.Close()
	t.Setenv("CANDOUR_LEAK", value)
	set := func(v any, path ...string) func(map[string]any) {
		return func(cfg map[string]any) {
			for _, step := range path[:len(path)-1] {
				cfg = cfg[step].(map[string]any)
			}
			cfg[path[len(path)-1]] = v
		}
	}
	cases := []struct {
		name, template string
		down           []func(map[string]any)
	}{
		{"the environment of the process", `{{ getenv "CANDOUR_LEAK" }}`, []func(map[string]any){set([]string{".*"}, "security", "funcs", "getenv")}},
		{"raw HTML", `{{ "text <b title='` + value + `'>x</b>" | markdownify }}`, []func(map[string]any){set(true, "markup", "goldmark", "renderer", "unsafe")}},
		{"remote resources", `{{ with resources.GetRemote "` + server.URL + `/a.txt" }}{{ .Content }}{{ end }}`,
			[]func(map[string]any){set([]string{".*"}, "security", "http", "methods"), set([]string{".*"}, "security", "http", "urls")}},
		{"the generator's name and version", ``, []func(map[string]any){set(false, "disableHugoGeneratorInject")}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			carries := func(down bool) bool {
				tree, err := render.Tree(cleared(t, sitetest.Files("-- content/pages/about.md --\n+++\ntitle = \"About\"\nsummary = \"What.\"\ndate = 2026-09-14\n+++\nText.\n")), true)
				if err != nil {
					t.Fatal(err)
				}
				if err := afero.WriteFile(tree, render.Root+"/layouts/baseof.html", []byte("<html lang=en><head><title>x</title></head><body>"+c.template+"</body></html>"), 0o644); err != nil {
					t.Fatal(err)
				}
				if down {
					data, err := afero.ReadFile(tree, render.Root+"/hugo.json")
					if err != nil {
						t.Fatal(err)
					}
					var cfg map[string]any
					if err := json.Unmarshal(data, &cfg); err != nil {
						t.Fatal(err)
					}
					for _, open := range c.down {
						open(cfg)
					}
					if data, err = json.Marshal(cfg); err != nil {
						t.Fatal(err)
					}
					if err := afero.WriteFile(tree, render.Root+"/hugo.json", data, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				files, err := render.Build(tree)
				if down && err != nil {
					t.Fatalf("with the wall down: %v", err)
				}
				for _, f := range files {
					if strings.Contains(string(f.Data), value) || strings.Contains(string(f.Data), "generator") {
						return true
					}
				}
				return false
			}
			before := asked
			if carries(false) {
				t.Error("the wall does not hold")
			}
			if asked > before {
				t.Error("a request was sent")
			}
			if !carries(true) {
				t.Error("with the wall down the value does not come out either, so that this case shows nothing")
			}
		})
	}
	if asked == 0 {
		t.Error("with the wall down no request was sent, so that the case shows nothing")
	}
}

// HUGO_ variables change Hugo's settings wherever its environment is left to it.
func TestOverridesFromTheEnvironmentAreShutOut(t *testing.T) {
	t.Setenv("HUGO_TITLE", value)
	files := sitetest.Files("-- content/pages/about.md --\n+++\ntitle = \"About\"\nsummary = \"What.\"\ndate = 2026-09-14\n+++\nText.\n")
	ready, err := render.Prepare(context.Background(), cleared(t, files), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ready.Drop()
	r, found, err := ready.Render(context.Background())
	if err != nil || r == nil {
		t.Fatal(err, found)
	}
	for _, f := range r.Site().Files {
		if strings.Contains(string(f.Data), value) {
			t.Errorf("%s has what the environment says", f.Path)
		}
	}
	tree, err := render.Tree(cleared(t, files), true)
	if err != nil {
		t.Fatal(err)
	}
	flags := config.New()
	flags.Set("workingDir", render.Root)
	open, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{Fs: tree, Logger: loggers.NewDefault(), Flags: flags, Filename: render.Root + "/hugo.json", Environ: os.Environ()})
	if err != nil {
		t.Fatal(err)
	}
	if got := open.Base.Title; got != value {
		t.Errorf("with the wall down the title is %q, so that this test shows nothing", got)
	}
}
