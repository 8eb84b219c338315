package estate

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"candour/internal/diag"
	"candour/internal/pack"
)

// Report is what came of an estate, site by site. Two runs over the same sites with the same clock give the same report;
// it says nothing of times, machines or paths outside the list, and holds no withheld value.
type Report struct {
	Program string       `json:"program"`
	Version string       `json:"version"`
	Clock   string       `json:"clock"`
	Estate  string       `json:"estate"`          // digest of the list
	Shard   string       `json:"shard,omitempty"` // "2/4"; "" for the whole
	Exit    int          `json:"exit"`            // the worst of the sites
	Totals  Totals       `json:"totals"`
	Packs   []PackState  `json:"packs"`
	Sites   []SiteReport `json:"sites"`
}

// Totals count sites, and a site once.
type Totals struct {
	Sites    int `json:"sites"`
	Failed   int `json:"failed"`   // an edition of them was not published
	Stopped  int `json:"stopped"`  // of those: the run was stopped before they were built
	Overdue  int `json:"overdue"`  // have pages that are due for review
	Unsigned int `json:"unsigned"` // have pages that nobody has signed
	Behind   int `json:"behind"`   // have not taken the newest version of a pack that they take
}

// SiteReport is one site.
type SiteReport struct {
	Name   string `json:"name"`
	Folder string `json:"folder"`
	SiteInfo
	Editions []Made `json:"editions"`
}

// Made is one edition of a site.
type Made struct {
	Name      string    `json:"name"`
	Exit      int       `json:"exit"`
	Published bool      `json:"published"` // by this run; what readers see is otherwise as it was
	Problem   string    `json:"problem,omitempty"`
	BaseURL   string    `json:"base_url"`
	Pages     int       `json:"pages"`
	Files     int       `json:"files"`
	Errors    int       `json:"errors"`
	Warnings  int       `json:"warnings"`
	Notices   int       `json:"notices"`
	Faults    diag.List `json:"faults"` // the errors
}

// PackState is how far the newest version of a pack has come.
type PackState struct {
	Name     string    `json:"name"`
	Key      string    `json:"key"`
	Latest   string    `json:"latest"`             // "" where no version is known
	Declared string    `json:"declared,omitempty"` // what the list's [[pack]] has; Latest may be newer
	Behind   []Version `json:"behind"`
	Without  []string  `json:"without"` // sites that do not take it
}

// Version is what a site has of a pack.
type Version struct {
	Site    string `json:"site"`
	Version string `json:"version"`
}

const program = "candour estate"

// newReport puts together what came of jobs, in the order of the jobs. latest are the packs of the list, with the newest
// version of each, or "" where it could not be told.
func newReport(r Report, done []Job, came []Done, latest []PackState) *Report {
	r.Program = program
	for i, job := range done {
		d := came[i]
		if n := len(r.Sites); n == 0 || r.Sites[n-1].Name != job.Site {
			r.Sites = append(r.Sites, SiteReport{Name: job.Site, Folder: job.Folder, SiteInfo: SiteInfo{Known: true}})
		}
		r.Sites[len(r.Sites)-1].take(d)
	}
	r.Packs = latest
	r.settle()
	return &r
}

// take adds an edition to its site.
func (s *SiteReport) take(d Done) {
	made := d.Edition
	made.Exit = d.Exit
	s.Editions = append(s.Editions, made)
	s.Title, s.Organisation = cmp.Or(s.Title, d.Site.Title), cmp.Or(s.Organisation, d.Site.Organisation)
	for _, p := range d.Site.Packs {
		if at := slices.IndexFunc(s.Packs, func(o Taken) bool { return o.Name == p.Name }); at < 0 {
			s.Packs = append(s.Packs, p)
		} else if s.Packs[at].Publisher == "" {
			s.Packs[at] = p
		}
	}
	s.Known = s.Known && d.Site.Known
	s.Overdue, s.Unsigned = together(s.Overdue, d.Site.Overdue), together(s.Unsigned, d.Site.Unsigned)
}

func together(a, b []Note) []Note {
	all := slices.Concat(a, b)
	slices.SortFunc(all, func(a, b Note) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Text, b.Text)) })
	return slices.Compact(all)
}

// settle works out what follows from the sites: totals, the worst exit code, and who is behind.
func (r *Report) settle() {
	slices.SortFunc(r.Sites, func(a, b SiteReport) int { return cmp.Compare(a.Name, b.Name) })
	for _, s := range r.Sites {
		for _, p := range s.Packs {
			at := slices.IndexFunc(r.Packs, func(o PackState) bool { return o.Name == p.Name && o.Key == p.Key })
			if at < 0 {
				r.Packs, at = append(r.Packs, PackState{Name: p.Name, Key: p.Key}), len(r.Packs)
			}
			if newer(p.Version, r.Packs[at].Latest) {
				r.Packs[at].Latest = p.Version
			}
		}
	}
	slices.SortFunc(r.Packs, func(a, b PackState) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key)) })
	behind := map[string]bool{}
	for i := range r.Packs {
		p := &r.Packs[i]
		if newer(p.Declared, p.Latest) {
			p.Latest = p.Declared
		}
		p.Behind, p.Without = nil, nil
		for _, s := range r.Sites {
			at := slices.IndexFunc(s.Packs, func(t Taken) bool { return t.Name == p.Name && t.Key == p.Key })
			switch {
			case at < 0:
				p.Without = append(p.Without, s.Name)
			case newer(p.Latest, s.Packs[at].Version):
				p.Behind = append(p.Behind, Version{s.Name, s.Packs[at].Version})
				behind[s.Name] = true
			}
		}
	}
	r.Exit, r.Totals = exitDone, Totals{Sites: len(r.Sites), Behind: len(behind)}
	for _, s := range r.Sites {
		worst, stopped := exitDone, false
		for _, e := range s.Editions {
			worst = Worse(worst, e.Exit)
			stopped = stopped || e.Problem == notReached
		}
		r.Exit = Worse(r.Exit, worst)
		for _, c := range []struct {
			yes bool
			n   *int
		}{{worst != exitDone, &r.Totals.Failed}, {stopped, &r.Totals.Stopped}, {len(s.Overdue) > 0, &r.Totals.Overdue}, {len(s.Unsigned) > 0, &r.Totals.Unsigned}} {
			if c.yes {
				*c.n++
			}
		}
	}
}

// newer reports whether version a is known and newer than b.
func newer(a, b string) bool { return a != "" && (b == "" || pack.CompareVersions(a, b) > 0) }

// JSON writes the report for machines, and for [Merge].
func (r *Report) JSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(r)
	return b.Bytes(), err
}

// ParseReport reads what JSON wrote.
func ParseReport(data []byte) (*Report, error) {
	var r Report
	if err := json.Unmarshal(data, &r); err != nil || r.Program != program {
		return nil, fmt.Errorf("is no report of candour build --estate in JSON")
	}
	return &r, nil
}

// Merge joins the reports of all shards of one run into the report that one run over everything would have given. names
// are the files they came from, for what is said of them.
func Merge(parts []*Report, names []string) (*Report, error) {
	if len(parts) == 0 {
		return nil, fmt.Errorf("there is nothing to join")
	}
	first := parts[0]
	var total int
	have := map[int]string{}
	out := Report{Program: program, Version: first.Version, Clock: first.Clock, Estate: first.Estate}
	for i, p := range parts {
		s, err := ParseShard(p.Shard)
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s is the report of no shard", names[i])
		case p.Estate != first.Estate:
			return nil, fmt.Errorf("%s and %s come from different lists of sites", names[0], names[i])
		case p.Clock != first.Clock:
			return nil, fmt.Errorf("%s and %s come from different times; give every shard the same --now", names[0], names[i])
		case p.Version != first.Version:
			return nil, fmt.Errorf("%s and %s come from different versions of the program", names[0], names[i])
		case i > 0 && s.N != total:
			return nil, fmt.Errorf("%s and %s come from different numbers of shards", names[0], names[i])
		case have[s.K] != "":
			return nil, fmt.Errorf("%s and %s are both the report of shard %s", have[s.K], names[i], s)
		}
		total, have[s.K] = s.N, names[i]
		out.Sites = append(out.Sites, p.Sites...)
		for _, state := range p.Packs {
			at := slices.IndexFunc(out.Packs, func(o PackState) bool { return o.Name == state.Name && o.Key == state.Key })
			if at < 0 {
				out.Packs = append(out.Packs, PackState{Name: state.Name, Key: state.Key, Latest: state.Latest, Declared: state.Declared})
			} else if newer(state.Declared, out.Packs[at].Declared) {
				out.Packs[at].Declared = state.Declared
			}
		}
	}
	var missing []string
	for k := range total {
		if have[k] == "" {
			missing = append(missing, Shard{k, total}.String())
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("the report of shard %s is missing; run candour build --estate with --shard %s again", strings.Join(missing, ", "), missing[0])
	}
	out.settle()
	return &out, nil
}

func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.K, s.N) }

// ParseShard reads K/N. K counts from 0, as the index of a Kubernetes job does.
func ParseShard(text string) (Shard, error) {
	var s Shard
	if _, err := fmt.Sscanf(text, "%d/%d", &s.K, &s.N); err != nil || text != s.String() || s.N < 1 || s.N > 10_000 {
		return Shard{}, fmt.Errorf("takes two numbers such as 0/4")
	}
	if s.K < 0 || s.K >= s.N {
		return Shard{}, fmt.Errorf("counts from 0: the shards of %d are 0/%d to %d/%d", s.N, s.N, s.N-1, s.N)
	}
	return s, nil
}
