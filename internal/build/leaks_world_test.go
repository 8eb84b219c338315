package build_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"candour/internal/build"
	"candour/internal/load"
	"candour/internal/past"
	"candour/internal/sitetest"
)

// onDisk writes a repository into a folder.
func onDisk(t *testing.T, files fstest.MapFS) string {
	t.Helper()
	dir := t.TempDir()
	for name, f := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// fromDisk builds an edition of a repository in a folder.
func fromDisk(t *testing.T, dir, edition string) *build.Outcome {
	t.Helper()
	source, closeSource, err := load.OpenSource(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer closeSource()
	opt := sitetest.Options(nil, edition)
	opt.Load.Source = source
	return sitetest.Run(t, opt)
}

func wholeSite(out *build.Outcome) string {
	var b strings.Builder
	for _, f := range out.Audited.Site().Files {
		fmt.Fprintf(&b, "%s %x\n", f.Path, sha256.Sum256(f.Data))
	}
	return b.String()
}

// Word counts, reading time, sorting, pagination, QR codes and markers: whatever a withheld value is, how long it is and how
// many words it has, the edition comes out the same to the byte. The internal edition, which is cleared for them, does not.
func TestNothingDependsOnWhatIsWithheld(t *testing.T) {
	curious := layout("plans/page.html", `<pre>{{ jsonify .Params }} {{ .WordCount }} {{ .ReadingTime }} {{ .FuzzyWordCount }} {{ len .Plain }} {{ len .RawContent }} {{ .Len }} {{ .Truncated }} {{ .Summary }}</pre>
{{ .Content }}{{ with images.QR (jsonify .Params.lead) }}{{ .Width }} {{ .Name }}{{ end }}`) +
		layout("pages/page.html", `{{ range sort site.RegularPages "Params.extra.note" }}<p>{{ .Title }}</p>{{ end }}{{ range site.RegularPages.ByParam "extra.note" }}<p>{{ .Title }}</p>{{ end }}{{ range (site.RegularPages.ByLength).Reverse }}<p>{{ .Title }}</p>{{ end }}{{ range (where site.RegularPages "Params.extra.note" "gt" "m") }}{{ .Title }}{{ end }}{{ range site.RegularPages.GroupByParam "extra.note" }}{{ .Key }}{{ end }}`)
	repository := func(name, place, note, words string) string {
		front := "tags = [\"naloxone\", \"" + place + "\"]\n" + held + "[[withhold]]\nsection = \"stores\"\nreason = \"confidential\"\n[[withhold]]\nfield = \"tags.1\"\nreason = \"confidential\"\n"
		body := "Before " + marked(words) + " behind, and {{< field \"lead.0.name\" >}}[^n].\n\n- " + marked(words) + "\n- " + marked(note) + "\n\n## Stores {#stores}\n\n" + words + "\n\n## Last\n\nText.\n\n[^n]: A note."
		files := strings.NewReplacer(person, name, dwell, place, told, note).Replace(plan(front, body))
		return files + page("pages/about.md", "[extra]\nnote = \""+note+"\"", "Text.") + page("pages/more.md", "[extra]\nnote = \"mmmm\"", "Text of more words.") +
			page("pages/secret.md", "level = \"restricted\"", words) + curious
	}
	one := repository("Ann Aspwick", "Qq", "aaaa", "short")
	two := repository("Bartholomew Featherstonehaugh-Zymurgy", "A very long place, with commas, and 12 digits", "zzzz zzzz zzzz", strings.Repeat("many more words than before ", 90))
	if a, b := wholeSite(sitetest.Must(t, one, "public")), wholeSite(sitetest.Must(t, two, "public")); a != b {
		t.Errorf("the public edition depends on what is withheld:\n%s\n%s", a, b)
	}
	a, b := sitetest.Build(t, one, "internal"), sitetest.Build(t, two, "internal")
	if a.Rendered == nil || b.Rendered == nil {
		t.Fatal(sitetest.Print(a.Findings), sitetest.Print(b.Findings))
	}
	for _, path := range []string{"plans/winter/index.html", "pages/about/index.html"} {
		one, two := a.Rendered.Site(), b.Rendered.Site()
		if bytes.Equal(one.Find(path).Data, two.Find(path).Data) {
			t.Errorf("%s is the same in the internal edition too, so that this test shows nothing", path)
		}
	}
}

// How many there are is withheld too.
func TestNothingDependsOnHowManyAreWithheld(t *testing.T) {
	repository := func(n int) string {
		front := held + "[[withhold]]\nfield = \"change\"\nreason = \"confidential\"\n[[withhold]]\nfield = \"boundary_with\"\nreason = \"confidential\"\n" +
			"boundary_with = [\"Vexmarrow\"" + strings.Repeat(", \"Trindlehope\"", n) + "]\n"
		front = "boundary_with = [\"Vexmarrow\"" + strings.Repeat(", \"Trindlehope\"", n) + "]\n" + strings.Split(front, "boundary_with = [")[0] +
			strings.Repeat("[[change]]\ndate = 2026-11-02\nnote = \"A note.\"\n", n+1)
		return plan(front, "Before "+marked("one")+strings.Repeat(" "+marked("more"), n)+" behind.") + layout("plans/page.html", `{{ .Content }}<pre>{{ jsonify .Params }}</pre>`)
	}
	a, b := sitetest.Must(t, repository(0), "public"), sitetest.Must(t, repository(5), "public")
	if one, two := sitetest.File(t, a, "plans/winter/index.html"), sitetest.File(t, b, "plans/winter/index.html"); one != two {
		t.Errorf("a page tells how many are withheld:\n%s\n%s", one, two)
	}
	if one, two := sitetest.File(t, a, "withheld/index.html"), sitetest.File(t, b, "withheld/index.html"); one != two {
		t.Errorf("the register tells how many are withheld:\n%s\n%s", one, two)
	}
}

const asks = `{{ with try (getenv "CANDOUR_LEAK") }}{{ with .Value }}<p>{{ . }}</p>{{ end }}{{ end }}{{ with try (os.Getenv "HOME") }}{{ with .Value }}<p>{{ . }}</p>{{ end }}{{ end }}`

// The environment of the process reaches no template and no setting. (internal/render takes this wall down.)
func TestEnvironmentReachesNothing(t *testing.T) {
	files := plan("", "Text.") + layout("plans/page.html", asks+`<pre>{{ jsonify site.Params }} {{ site.Title }} {{ hugo.Environment }}</pre>{{ .Content }}`)
	before := wholeSite(sitetest.Must(t, files, "public"))
	for _, name := range []string{"CANDOUR_LEAK", "HUGO_TITLE", "HUGO_PARAMS_ORGANISATION", "HUGO_PARAMS_NOTE", "HUGO_BASEURL", "HUGOxPARAMSxNOTE", "HUGO_ENV"} {
		t.Setenv(name, dwell)
	}
	for name, value := range map[string]string{"HUGO_SECURITY_FUNCS_GETENV": ".*", "HUGO_SECURITY_HTTP_URLS": ".*", "HUGO_SECURITY_EXEC_ALLOW": ".*", "HUGO_BUILDDRAFTS": "true",
		"HUGO_MARKUP_GOLDMARK_RENDERER_UNSAFE": "true", "HUGO_ENABLEGITINFO": "true", "HUGO_MINIFY_MINIFYOUTPUT": "false", "HUGO_BUILD_WRITESTATS": "true"} {
		t.Setenv(name, value)
	}
	out := sitetest.Build(t, files, "public")
	clean(t, out)
	if out.Audited == nil {
		t.Fatal(sitetest.Print(out.Findings))
	}
	if wholeSite(out) != before {
		t.Error("the environment changes the site")
	}
}

// Nothing leaves the machine while a site is built. (internal/render takes this wall down.)
func TestNothingIsFetched(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { asked++; _, _ = io.WriteString(w, dwell) }))
	defer server.Close()
	files := plan("", "Text.") + layout("plans/page.html", `{{ with try (resources.GetRemote "`+server.URL+`/?q=1") }}{{ with .Value }}<p>{{ .Content }}</p>{{ end }}{{ end }}{{ .Content }}`)
	clean(t, sitetest.Build(t, files, "public"))
	if asked > 0 {
		t.Error("a template has sent a request")
	}
}

// The history of the repository stays in it: authors, subjects, owners.
func TestGitStaysOut(t *testing.T) {
	files := sitetest.Files(plan("", "Text.") + "-- CODEOWNERS --\n* @" + strings.ReplaceAll(person, " ", "-") + "\n" +
		layout("plans/page.html", `<pre>{{ with .GitInfo }}{{ .AuthorName }} {{ .AuthorEmail }} {{ .Subject }}{{ end }}{{ jsonify .CodeOwners }} {{ .Lastmod }}</pre>{{ .Content }}`))
	dir := onDisk(t, files)
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"-c", "user.name=" + person, "-c", "user.email=vexmarrow@testford.example", "commit", "-q", "-m", told}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if got, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, got)
		}
	}
	cmd := exec.Command("git", "log")
	cmd.Dir = dir
	if got, err := cmd.Output(); err != nil || !bytes.Contains(got, []byte(person)) || !bytes.Contains(got, []byte(told)) {
		t.Fatalf("the repository does not hold what must stay in it: %v", err)
	}
	out := fromDisk(t, dir, "public")
	clean(t, out)
	if out.Audited == nil {
		t.Fatal(sitetest.Print(out.Findings))
	}
	for _, f := range out.Audited.Site().Files {
		if bytes.Contains(f.Data, []byte(dir)) {
			t.Errorf("%s holds the folder's path on this machine", f.Path)
		}
	}
}

// A build writes nothing beside its output: no generated resources, no statistics, no lock, and nothing to the terminal.
func TestBuildingWritesNothing(t *testing.T) {
	files := sitetest.Files(plan("", "Text {{< field \"lead.0.name\" >}}.") + layout("plans/page.html",
		`{{ warnf "%s %s" (jsonify .Params) .RawContent }}{{ warnidf "x" "%s" .Plain }}{{ with resources.FromString "a.css" "p{margin:0}" | minify | fingerprint }}{{ .RelPermalink }}{{ end }}{{ .Content }}`))
	dir := onDisk(t, files)
	t.Chdir(dir)
	list := func() string {
		var b strings.Builder
		_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
			fmt.Fprintln(&b, p, err)
			return nil
		})
		return b.String()
	}
	before := list()
	said := filepath.Join(t.TempDir(), "said")
	terminal, err := os.Create(said)
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = terminal, terminal
	out := fromDisk(t, dir, "public")
	inside := fromDisk(t, dir, "internal")
	os.Stdout, os.Stderr = stdout, stderr
	if err := terminal.Close(); err != nil {
		t.Fatal(err)
	}
	if out.Audited == nil || inside.Rendered == nil || carriers(inside.Rendered.Site()) == nil {
		t.Fatal("the builds show nothing", sitetest.Print(out.Findings), sitetest.Print(inside.Findings))
	}
	if got := list(); got != before {
		t.Errorf("the build has written into the source or the current folder:\n%s", got)
	}
	if data, err := os.ReadFile(said); err != nil || len(data) > 0 {
		t.Errorf("the build speaks to the terminal by itself: %v\n%s", err, data)
	}
}

// A page that was public and is withheld is gone from the folder with its bundle, and the manifest knows nothing of it.
func TestStaleOutputGoes(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	publish := func(files fstest.MapFS) {
		t.Helper()
		out := sitetest.Run(t, sitetest.Options(files, "public"))
		if out.Audited == nil {
			t.Fatal(sitetest.Print(out.Findings))
		}
		if _, err := build.Publish(context.Background(), out.Audited, target, "", "test", sitetest.Now); err != nil {
			t.Fatal(err)
		}
	}
	holds := func() (paths []string) {
		_ = filepath.WalkDir(target, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(p)
			if strings.Contains(strings.ToLower(p+string(data)), "vexmarrow") {
				paths = append(paths, p)
			}
			return err
		})
		return paths
	}
	files := sitetest.Files("-- content/pages/vexmarrow/index.md --\n+++\ntitle = \"Rota of the night shift\"\nsummary = \"Whose turn.\"\ndate = 2026-09-14\nattachments = [\"list.csv\"]\n+++\nText.\n-- content/pages/vexmarrow/list.csv --\nplace\nVexmarrow\n" + page("pages/about.md", "", "Text."))
	publish(files)
	if len(holds()) < 3 {
		t.Fatalf("the page was not published, so that this test shows nothing: %q", holds())
	}
	source := files["content/pages/vexmarrow/index.md"]
	source.Data = bytes.Replace(source.Data, []byte("date ="), []byte("level = \"partners\"\ndate ="), 1)
	publish(files)
	if left := holds(); left != nil {
		t.Errorf("stays in the folder: %q", left)
	}
}

// What another edition's build has left behind is not used again, even where somebody has put it into the cache.
func TestEditionsShareNothing(t *testing.T) {
	files := plan(held, "Before "+marked(told)+" behind, {{< field \"lead.0.name\" >}}.")
	inside := sitetest.Must(t, files, "internal")
	if carriers(inside.Audited.Site()) == nil {
		t.Fatal("the internal edition does not carry the value")
	}
	var memory past.Memory
	memory.Remember(inside.Rendered.Record(), inside.Rendered.Site())
	opt := sitetest.Options(sitetest.Files(files), "public")
	opt.Past = &memory
	out := sitetest.Run(t, opt)
	clean(t, out)
	if out.Audited == nil {
		t.Fatal(sitetest.Print(out.Findings))
	}
	if len(inside.Rendered.Record().Pages) == 0 {
		t.Error("no page could have been used again, so that this test shows nothing")
	}
	opt = sitetest.Options(sitetest.Files(files), "internal")
	opt.Past = &memory
	if again := sitetest.Run(t, opt); again.Audited == nil || wholeSite(again) != wholeSite(inside) {
		t.Error("the same edition comes out otherwise with its own past")
	}
}

// A page that could not even be read is named in the manifest when it is left out; a name that is withheld is not.
func TestTheManifestNamesNoSecret(t *testing.T) {
	files := sitetest.Files(plan("", "Text.") + "-- content/pages/zembrickwold-quillfarrow.md --\n+++\ntitle = \"A page\"\nsummary = \"What it says.\"\ndate = 2026-09-14\n+++\nText.\n")
	opt := sitetest.Options(files, "public")
	opt.LeaveOut = []string{"content/pages/zembrickwold-quillfarrow.md"}
	out := sitetest.Run(t, opt)
	if out.Audited != nil {
		t.Error("the manifest would carry what is withheld")
	}
	files["content/pages/other.md"] = files["content/pages/zembrickwold-quillfarrow.md"]
	delete(files, "content/pages/zembrickwold-quillfarrow.md")
	opt.LeaveOut = []string{"content/pages/other.md"}
	if out = sitetest.Run(t, opt); out.Audited == nil {
		t.Error(sitetest.Print(out.Findings))
	}
}

// No encoder gets a value out of what a build hands back.
func TestOutcomeMarshalsToNothing(t *testing.T) {
	out := sitetest.Must(t, plan(held, "Before "+marked(told)+" behind."), "public")
	data, err := json.Marshal(struct {
		Ledger  any
		Cleared any
		Audited any
	}{out.Cleared.Ledger(), out.Cleared, out.Audited})
	if err == nil {
		t.Errorf("the ledger marshals: %d bytes", len(data))
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		printed := fmt.Sprintf(verb, *out.Cleared.Ledger())
		for _, s := range secrets {
			if strings.Contains(printed, s) || strings.Contains(printed, fmt.Sprintf("%x", s)) {
				t.Errorf("the ledger prints under %s", verb)
			}
		}
	}
}
