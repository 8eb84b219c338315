package estate_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aead.dev/minisign"

	"candour/data"
	"candour/internal/estate"
	"candour/internal/load"
	"candour/internal/pack"
	"candour/internal/sitetest"
	"candour/themes"
)

const (
	leaflet = "+++\ntitle = \"Stay together\"\nsummary = \"Why nobody should be alone.\"\ndate = 2026-11-01\nsetting = \"festival\"\naudience = [\"public\"]\n" +
		"contact_slots = [\"welfare\"]\nchange = [{date = 2026-11-02, note = \"Sentences are shorter.\"}]\n[extra]\nnumber = \"PH-117-9\"\n[[signoff]]\nrole = \"public-health\"\ndate = 2026-11-01\ndigest = \"sha256:%064d\"\n+++\n\nStay together until the last train.\n\n## Ask {#ask}\n\nAsk at the {{< field \"title\" >}} stand.\n"
	narrative  = "+++\ntitle = \"The threat\"\nsummary = \"What there is.\"\ndate = 2026-11-01\nversion = \"1\"\npublisher = \"Department of Examples\"\n+++\n\nNitazenes are about.\n"
	vocabulary = "[welfare-tent]\nlabel = \"Welfare tent\"\n"
)

// sitesOfOnePack writes sites that take one pack in different ways, and lists that build them into one/ and into each/.
func sitesOfOnePack(t *testing.T) (dir string, lists [2]string) {
	t.Helper()
	public, private, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"content/narrative/threat.md": []byte(narrative), "data/settings.toml": []byte(vocabulary)}
	for i := range 4 {
		files[fmt.Sprintf("content/leaflets/festival/stay-%d.md", i)] = fmt.Appendf(nil, leaflet, i)
	}
	archive, err := pack.Create(pack.Manifest{Name: "national", Version: "1", Publisher: "Department of Examples", Licence: "OGL-UK-3.0",
		Attribution: "Contains public sector information licensed under the Open Government Licence v3.0.", Date: "2026-11-01T09:00:00Z"}, files, private, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("national.pack", string(archive))
	take := fmt.Sprintf("\n[[pack]]\nname = \"national\"\nsource = \"../national.pack\"\nkey = %q\n", public.String())
	sites := map[string]string{
		"plain":    take,
		"part":     take + "exclude = [\"content/leaflets/festival/stay-1.md\"]\n",
		"noted":    take + "[[pack.note]]\npage = \"content/leaflets/festival/stay-0.md\"\ntext = \"Ask at the gate.\"\n",
		"changed":  take + "[[pack.override]]\npage = \"content/leaflets/festival/stay-0.md\"\nby = \"Us\"\ndate = 2026-11-05\nnote = \"Our tent.\"\n",
		"stricter": take, // keeps back what the pack shows
		"welsh":    take,
	}
	list := ""
	for name, more := range sites {
		write(name+"/candour.toml", sitetest.Config+more)
		write(name+"/content/pages/a.md", "+++\ntitle = \"A page\"\nsummary = \"S.\"\ndate = 2026-01-05\n+++\nSee [the leaflet](/leaflets/festival/stay-0/).\n")
		list += fmt.Sprintf("[[site]]\nfolder = %q\n", name)
		if name == "stricter" {
			list += "editions = [\"public\", \"partners\"]\n"
		}
	}
	write("changed/content/leaflets/festival/stay-0.md", fmt.Sprintf(leaflet, 9)+"\nAt our tent.\n")
	write("stricter/data/schema/leaflets.toml", "[fields.\"change.*.note\"]\nlevel = \"partners\"\nreason = \"confidential\"\n")
	write("welsh/content/leaflets/festival/stay-0.cy.md", strings.Replace(strings.ReplaceAll(fmt.Sprintf(leaflet, 0), "Stay together", "Arhoswch"), "[extra]\nnumber = \"PH-117-9\"\n", "", 1))
	for i, out := range []string{"one", "each"} {
		lists[i] = filepath.Join(dir, out+".toml")
		write(out+".toml", "output = \""+out+"/{name}/{edition}\"\n"+list)
	}
	return dir, lists
}

// Sites that are built at once in one process, from one reading of their pack, give byte for byte what each gives with a
// reading of its own. With the race detector it also shows that nobody writes to what they share.
func TestSitesShareAPackUnchanged(t *testing.T) {
	dir, lists := sitesOfOnePack(t)
	program := load.Program{Data: data.FS, Themes: themes.FS, Version: "0.1.0"}
	build := func(list string, builder func() *estate.Builder) *estate.Report {
		t.Helper()
		e, found, err := estate.Read(list)
		if err != nil || len(found) > 0 {
			t.Fatal(err, found)
		}
		r, _, err := estate.Run(context.Background(), e, estate.Options{Now: sitetest.Now, Version: "0.1.0", Workers: 3, Memory: 2 << 30, Dir: dir,
			Start: func() (estate.Worker, error) { return alone{builder}, nil },
			Each: func(_, _ int, job estate.Job, d estate.Done) {
				if d.Exit != 0 {
					t.Errorf("%s, %s: %s\n%s", job.Site, job.Edition, d.Said, sitetest.Print(d.Findings))
				}
			}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	shared := &estate.Builder{Program: program, Store: &pack.Store{Program: "0.1.0"}}
	build(lists[0], func() *estate.Builder { return shared })
	build(lists[1], func() *estate.Builder {
		return &estate.Builder{Program: program, Store: &pack.Store{Program: "0.1.0"}}
	})
	one, each := filesBelow(t, filepath.Join(dir, "one")), filesBelow(t, filepath.Join(dir, "each"))
	if len(one) != len(each) || len(one) < 7*8 {
		t.Errorf("%d files from one reading, %d from a reading each", len(one), len(each))
	}
	for name, want := range each {
		if !bytes.Equal(one[name], want) {
			t.Errorf("%s differs where the pack was read once for all", name)
		}
	}
	for name, wants := range map[string]map[string]bool{
		"noted/public":      {"Ask at the gate.": true},
		"plain/public":      {"Ask at the gate.": false, "At our tent.": false, "Sentences are shorter.": true},
		"stricter/public":   {"Sentences are shorter.": false},
		"stricter/partners": {"Sentences are shorter.": true},
		"changed/public":    {"At our tent.": true},
		"welsh/public":      {"Arhoswch": true},
	} {
		all := ""
		for file, text := range one {
			if strings.HasPrefix(file, name+"/") && strings.HasSuffix(file, ".html") {
				all += string(text)
			}
		}
		for words, want := range wants {
			if strings.Contains(all, words) != want {
				t.Errorf("%s shows %q: %v", name, words, !want)
			}
		}
	}
}

// alone takes a builder for each job.
type alone struct{ builder func() *estate.Builder }

func (a alone) Do(ctx context.Context, job estate.Job) (estate.Done, error) {
	return a.builder().Do(ctx, job), nil
}
func (a alone) Close() error { return nil }

func filesBelow(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[p], err = os.ReadFile(filepath.Join(dir, p))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
