package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Estate describes many sites that take one pack: the same numbers and seed give the same bytes, but for the pack's
// signature, whose key is new each time.
type Estate struct {
	Sites int
	Pages int // of a site; a third of them come from the pack
	Seed  uint64
}

// Few is the number of sites that the cost of a site in the whole estate is held against.
const Few = 10

const (
	passphrase = "only for measuring"
	estateList = "output = \"out/{name}\"\n"
)

const estateConfig = `title        = "%[1]s Combating Drugs Partnership"
base_url     = "https://plan-%[2]d.eastmere.example/"
language     = "en-GB"
organisation = "%[1]s Council"
area         = "%[1]s"
nation       = "England"

[contact]
email               = "publichealth@eastmere.example"
phone               = "01632 960000"
alternative_formats = "formats@eastmere.example"

[signoff]
plans = []

[publishable]
phones = ["999", "111"]
`

// shared is how many of a site's pages the pack brings.
func (e Estate) shared() int { return e.Pages / 3 }

func siteName(i int) string { return fmt.Sprintf("site-%03d", i) }

// Write makes the sites and the pack that they take, with the program candour, in dir, and lists of ten and of all of them.
func (e Estate) Write(ctx context.Context, candour, dir string) error {
	publisher := filepath.Join(dir, "publisher")
	if err := e.publisher(publisher); err != nil {
		return err
	}
	say := func(args ...string) error {
		cmd := exec.CommandContext(ctx, candour, args...)
		cmd.Dir = dir
		cmd.Env = append(estateEnvironment(dir), "CANDOUR_PASSPHRASE="+passphrase, "SOURCE_DATE_EPOCH=1795176000")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("candour %s: %w\n%s", strings.Join(args, " "), err, tail(out))
		}
		return nil
	}
	if err := say("pack", "keygen", "national"); err != nil {
		return err
	}
	for page, role := range e.signed() {
		if err := say("approve", page, "--role", role, "--source", publisher); err != nil {
			return err
		}
	}
	if err := say("pack", "create", "--source", publisher, "--name", "national", "--version", "2026.11", "--key", "national.key", "--output", "national.pack"); err != nil {
		return err
	}
	public, err := os.ReadFile(filepath.Join(dir, "national.pub"))
	if err != nil {
		return err
	}
	lines := strings.Fields(string(public))
	for _, n := range []int{Few, e.Sites} {
		list := estateList
		for i := range n {
			list += fmt.Sprintf("\n[[site]]\nfolder = \"%s\"\n", siteName(i))
		}
		if err := os.WriteFile(filepath.Join(dir, listName(n)), []byte(list), 0o644); err != nil {
			return err
		}
	}
	for i := range max(e.Sites, Few) {
		site := filepath.Join(dir, siteName(i))
		corpus := Corpus{Pages: e.Pages - e.shared(), Seed: e.Seed + uint64(i)}
		if err := corpus.Write(site); err != nil {
			return err
		}
		toml := fmt.Sprintf(estateConfig, placeStarts[i%len(placeStarts)]+placeEnds[i%len(placeEnds)], i) +
			fmt.Sprintf("\n[[pack]]\nname   = \"national\"\nsource = \"../national.pack\"\nkey    = %q\n", lines[len(lines)-1])
		if err := os.WriteFile(filepath.Join(site, "candour.toml"), []byte(toml), 0o644); err != nil {
			return err
		}
		lock := filepath.Join(site, "candour.lock")
		if i == 0 {
			if err := say("pack", "update", "national", "--source", site); err != nil {
				return err
			}
			continue
		}
		pinned, err := os.ReadFile(filepath.Join(dir, siteName(0), "candour.lock"))
		if err != nil {
			return err
		}
		if err := os.WriteFile(lock, pinned, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func listName(n int) string { return fmt.Sprintf("estate-%d.toml", n) }

// threat is the narrative of the pack.
const threat = "content/narrative/threat.md"

func leaflet(i int) string { return fmt.Sprintf("content/leaflets/festival/leaflet-%03d.md", i) }

// signed are the pages of the pack, each with the role that has to sign it off.
func (e Estate) signed() map[string]string {
	pages := map[string]string{threat: "national"}
	for i := 1; i < e.shared(); i++ {
		pages[leaflet(i)] = "public-health"
	}
	return pages
}

// publisher writes what the pack is made of: a narrative, and leaflets.
func (e Estate) publisher(dir string) error {
	leaflets := filepath.Join(dir, "content", "leaflets", "festival")
	narrative := filepath.Join(dir, "content", "narrative")
	for _, d := range []string{leaflets, narrative} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "candour.toml"), fmt.Appendf(nil, estateConfig, "Department of Examples", 0), 0o644); err != nil {
		return err
	}
	c := Corpus{Seed: e.Seed}
	for i := range e.shared() {
		name, front := filepath.Join(dir, leaflet(i)), "setting = \"festival\"\naudience = [\"public\"]\n"
		if i == 0 {
			name, front = filepath.Join(dir, threat), "version = \"2026.11\"\npublisher = \"Department of Examples\"\n"
		}
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		w := bufio.NewWriter(f)
		c.sharedPage(w, i, front)
		if err := w.Flush(); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

// run measures both ways. Each starts with no output and with the pack in the cache.
func (e Estate) run(ctx context.Context, candour, dir string, progress io.Writer) (*EstateResult, error) {
	if err := e.Write(ctx, candour, dir); err != nil {
		return nil, err
	}
	fmt.Fprintf(progress, "%d sites of %d pages are ready\n", e.Sites, e.Pages)
	r := &EstateResult{Estate: e}
	whole := func(n int) (Sample, error) {
		s, err := runTree(ctx, dir, candour, "build", "--estate", listName(n), "--now", Clock, "--quiet")
		if err == nil {
			err = os.RemoveAll(filepath.Join(dir, "out"))
		}
		return s, err
	}
	if _, err := whole(Few); err != nil { // warms the caches
		return nil, err
	}
	// Ten sites are measured before, between and after the others, so that a host that is slow for a while is slow for both.
	few := func() error {
		s, err := whole(Few)
		if err != nil {
			return err
		}
		r.Few = append(r.Few, s)
		fmt.Fprintf(progress, "%d sites at once: %s\n", Few, seconds(s.Wall))
		return nil
	}
	if err := few(); err != nil {
		return nil, err
	}
	flushDisks()
	for i := range e.Sites {
		s, err := runQuick(ctx, dir, candour, "build", "--source", siteName(i), "--output", filepath.Join("alone", siteName(i)), "--now", Clock, "--quiet")
		if err != nil {
			return nil, err
		}
		r.Alone = r.Alone.plus(s)
	}
	fmt.Fprintf(progress, "%d sites one by one: %s\n", e.Sites, seconds(r.Alone.Wall))
	if err := os.RemoveAll(filepath.Join(dir, "alone")); err != nil {
		return nil, err
	}
	if err := few(); err != nil {
		return nil, err
	}
	var err error
	if r.Whole, err = whole(e.Sites); err != nil {
		return nil, err
	}
	fmt.Fprintf(progress, "%d sites at once: %s\n", e.Sites, seconds(r.Whole.Wall))
	return r, few()
}

// plus is one run after the other.
func (s Sample) plus(o Sample) Sample {
	return Sample{Wall: s.Wall + o.Wall, CPU: s.CPU + o.CPU, Peak: max(s.Peak, o.Peak)}
}

// EstateResult is what was measured of an estate.
type EstateResult struct {
	Estate
	Alone Sample   // every site by a candour build of its own
	Whole Sample   // all of them by one candour build --estate
	Few   []Sample // the first ten of them by one
}

// What the program promises of many sites.
const (
	estateTarget = 0.5
	treeTarget   = 2 << 30
	flatTarget   = 1.2
)

// perSite is what a site costs among all against what it costs among ten.
func (r *EstateResult) perSite(m measure) float64 {
	var few []float64
	for _, s := range r.Few {
		few = append(few, m.of(s)/Few)
	}
	return m.of(r.Whole) / float64(r.Sites) / spreadOf(few).Median
}

func (r *EstateResult) verdicts() []Verdict {
	ratio := r.Whole.Wall.Seconds() / r.Alone.Wall.Seconds()
	out := []Verdict{
		{fmt.Sprintf("%d sites of %d pages at once against one by one, at most %.1f", r.Sites, r.Pages, estateTarget), fmt.Sprintf("%.2f", ratio), ratio <= estateTarget},
	}
	for _, m := range []measure{wall, processor} {
		name, _, _ := strings.Cut(m.name, ",")
		flat := r.perSite(m)
		out = append(out, Verdict{fmt.Sprintf("%s time per site with %d sites against %d, at most %.1f", name, r.Sites, Few, flatTarget), fmt.Sprintf("%.2f", flat), flat <= flatTarget})
	}
	if r.Whole.Peak > 0 {
		out = append(out, Verdict{fmt.Sprintf("peak memory of all processes with %d sites, at most 2 GiB", r.Sites), fmt.Sprintf("%.0f MB", float64(r.Whole.Peak)/1e6), r.Whole.Peak <= treeTarget})
	}
	return out
}

func (r *EstateResult) print(b *strings.Builder) {
	fmt.Fprintf(b, "\n| sites of %d pages, %d of them from one pack | wall, s | wall a site, ms | CPU, s | CPU a site, ms | peak memory of all processes, MB |\n| --- | ---: | ---: | ---: | ---: | ---: |\n", r.Pages, r.shared())
	row := func(name string, n int, s Sample) {
		fmt.Fprintf(b, "| %s | %.1f | %.0f | %.1f | %.0f | %.0f |\n", name, s.Wall.Seconds(), float64(s.Wall/time.Millisecond)/float64(n),
			s.CPU.Seconds(), float64(s.CPU/time.Millisecond)/float64(n), float64(s.Peak)/1e6)
	}
	row(fmt.Sprintf("%d, one by one", r.Sites), r.Sites, r.Alone)
	row(fmt.Sprintf("%d at once", r.Sites), r.Sites, r.Whole)
	for _, s := range r.Few {
		row(fmt.Sprintf("%d at once", Few), Few, s)
	}
}
