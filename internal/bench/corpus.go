package bench

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Corpus describes a content repository to be made: the same Pages and Seed give the same bytes, on any machine.
type Corpus struct {
	Pages int
	Seed  uint64
}

// Clock is the moment at which every build of a corpus takes place: all of its pages are published and none is overdue.
const Clock = "2026-11-20T12:00:00Z"

const config = `title        = "Eastmere Combating Drugs Partnership"
base_url     = "https://plan.eastmere.example/"
language     = "en-GB"
organisation = "Eastmere Council"
area         = "Eastmere"
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

// Write makes the content repository in dir: candour.toml and one plan a page. It writes page by page, since the memory
// of the process that starts a build is counted against that build (see [run]).
func (c Corpus) Write(dir string) error {
	plans := filepath.Join(dir, "content", "plans")
	if err := os.MkdirAll(plans, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "candour.toml"), []byte(config), 0o644); err != nil {
		return err
	}
	for i := range c.Pages {
		if err := c.writePage(dir, i, ""); err != nil {
			return err
		}
	}
	return nil
}

// Change writes page i again with one more sentence, which ends in the given words.
func (c Corpus) Change(dir string, i int, words string) error { return c.writePage(dir, i, words) }

// Slug is the name of page i: its address is /plans/SLUG/.
func Slug(i int) string { return fmt.Sprintf("plan-%05d", i) }

func (c Corpus) writePage(dir string, i int, words string) (err error) {
	f, err := os.Create(filepath.Join(dir, "content", "plans", Slug(i)+".md"))
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	w := bufio.NewWriter(f)
	c.page(w, i, words)
	return w.Flush()
}

// page writes 15 front-matter fields and about 600 words. Four fields are withheld from the public edition: three by the
// schema's default, one by a flag.
func (c Corpus) page(w io.Writer, i int, words string) {
	p := prose{rand.New(rand.NewPCG(c.Seed, uint64(i)))}
	place := pick(p, placeStarts) + pick(p, placeEnds)
	forename, surname := pick(p, forenames), pick(p, surnames)
	threat := p.IntN(len(threats))

	fmt.Fprintf(w, "+++\ntitle = %q\n", fmt.Sprintf("Preparedness plan for %s, part %d", place, i+1))
	fmt.Fprintf(w, "summary = %q\n", p.sentence())
	fmt.Fprintf(w, "date = 2026-%02d-%02d\nupdated = 2026-10-%02d\n", 1+p.IntN(9), 1+p.IntN(28), 1+p.IntN(28))
	tag := p.IntN(len(tags))
	fmt.Fprintf(w, "tags = [%q, %q]\n", tags[tag], tags[(tag+3)%len(tags)])
	fmt.Fprintf(w, "partnership = \"%s Combating Drugs Partnership\"\n", place)
	fmt.Fprintf(w, "reviewed = 2026-09-%02d\nnext_review = 2027-09-%02d\n", 1+p.IntN(28), 1+p.IntN(28))
	fmt.Fprintf(w, "covers = [%q, %q]\n", threats[threat], threats[(threat+1)%len(threats)])
	fmt.Fprintf(w, "boundary_with = [%q]\n", pick(p, neighbours))
	fmt.Fprintf(w, "\n[[lead]]\nelement = %q\nrole = %q\n", pick(p, elements), pick(p, roles))
	fmt.Fprintf(w, "name = \"%s %s\"\n", forename, surname)
	fmt.Fprintf(w, "phone = \"07700 900%03d\"\n", p.IntN(1000))
	fmt.Fprintf(w, "email = \"%s.%s.%d@staff.eastmere.example\"\n", strings.ToLower(forename), strings.ToLower(surname), i)
	fmt.Fprint(w, "\n[[withhold]]\nfield = \"boundary_with\"\nreason = \"law-enforcement\"\n+++\n")

	c.body(w, p, i)
	if words != "" {
		fmt.Fprintf(w, "\nThis page was changed for %s.\n", words)
	}
}

// sharedPage writes page i of a pack, with further lines of front matter. Nothing in it is withheld.
func (c Corpus) sharedPage(w io.Writer, i int, front string) {
	p := prose{rand.New(rand.NewPCG(c.Seed, uint64(i)))}
	fmt.Fprintf(w, "+++\ntitle = \"Shared page %d\"\nsummary = %q\ndate = 2026-08-%02d\n%s+++\n", i+1, p.sentence(), 1+p.IntN(28), front)
	c.body(w, p, i)
}

// body writes about 600 words.
func (c Corpus) body(w io.Writer, p prose, i int) {
	p.paragraph(w, 2)
	order := p.Perm(len(headings))
	for n, h := range order[:5] {
		fmt.Fprintf(w, "\n## %s\n", headings[h])
		p.paragraph(w, 3)
		switch n {
		case 1:
			p.list(w)
		case 3:
			p.table(w)
		case 4:
			fmt.Fprintf(w, "\n### %s\n", headings[order[5]])
			p.paragraph(w, 2)
		default:
			c.seeAlso(w, p, i)
		}
		if n%2 == 0 {
			p.paragraph(w, 1)
		}
	}
}

// seeAlso links to another page of the corpus.
func (c Corpus) seeAlso(w io.Writer, p prose, i int) {
	if c.Pages == 0 {
		return
	}
	to := (i + 1 + p.IntN(max(c.Pages-1, 1))) % c.Pages
	fmt.Fprintf(w, "\nThere is more about **%s** in [part %d of the plan](/plans/%s/).\n", pick(p, objects), to+1, Slug(to))
}

// prose makes English by rule from the word lists.
type prose struct{ *rand.Rand }

func pick(p prose, from []string) string { return from[p.IntN(len(from))] }

func (p prose) sentence() string {
	opening, subject := pick(p, openings), pick(p, subjects)
	if opening != "" {
		subject = strings.ToLower(subject[:1]) + subject[1:]
	}
	return fmt.Sprintf("%s%s %s %s %s.", opening, subject, pick(p, verbs), pick(p, objects), pick(p, endings))
}

func (p prose) paragraph(w io.Writer, sentences int) {
	fmt.Fprintln(w)
	for range sentences {
		fmt.Fprintln(w, p.sentence())
	}
}

func (p prose) list(w io.Writer) {
	fmt.Fprintln(w)
	for range 4 {
		fmt.Fprintf(w, "- %s %s\n", pick(p, objects), pick(p, endings))
	}
}

func (p prose) table(w io.Writer) {
	head := columns[p.IntN(len(columns))]
	fmt.Fprintf(w, "\n| %s |\n|%s\n", strings.Join(head, " | "), strings.Repeat(" --- |", len(head)))
	for range 6 {
		row := make([]string, len(head))
		for c := range row {
			row[c] = pick(p, cells)
		}
		fmt.Fprintf(w, "| %s |\n", strings.Join(row, " | "))
	}
}
