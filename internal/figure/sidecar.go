package figure

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/level"
	"candour/internal/nearmiss"
	"candour/internal/settings"
)

var (
	nameForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$`)
	keyForm  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// taken are words of the shortcodes, which name a column's values by its key.
var taken = []string{"figure", "kind", "x", "y", "series", "column", "columns", "totals", "title"}

// Read reads a figure. reasons are the keys of data/reasons.toml. The findings hold names and places, never a value.
func Read(name string, csv, sidecar []byte, reasons []string) (*Figure, diag.List) {
	f := &Figure{Name: name, File: "data/" + name + ".csv", sidecar: "data/" + name + Sidecar}
	if !nameForm.MatchString(name) {
		return f, diag.List{diag.New(diag.BadValue, diag.Pos{File: f.File}, "rename both files, as in kits-supplied.csv and kits-supplied.csv.toml",
			"the name of a figure takes small letters a to z, digits, hyphens and underscores")}
	}
	open, values := settings.Open(sidecar, f.sidecar)
	f.index = open.Index()
	if values == nil {
		return f, open.Found
	}
	r := &reader{open, f, reasons}
	r.meta(values)
	r.columns(values)
	if !r.Found.HasErrors() {
		r.relations(values)
		r.suppression(values)
	}
	if !r.Found.HasErrors() {
		r.Found.Add(f.readCSV(csv)...)
	}
	r.Found.Sort()
	return f, r.Found
}

type reader struct {
	*settings.Reader
	f       *Figure
	reasons []string
}

func (r *reader) unknown(t map[string]any, path []string, known ...string) {
	where := "a figure's sidecar"
	if len(path) > 0 {
		where = "[[" + path[0] + "]]"
	}
	r.Unknown(t, where, path, known...)
}

// levelOf reads level and reason, which come together.
func (r *reader) levelOf(t map[string]any, path ...string) (level.Level, string) {
	at := func(key string) []string { return append(slices.Clone(path), key) }
	name := r.Text(t, at("level")...)
	reason := r.Text(t, at("reason")...)
	if name == "" && t["level"] == nil {
		return level.Public, ""
	}
	l, err := level.ParseLevel(name)
	if err != nil {
		r.Bad(at("level"), "write one of: "+strings.Join(level.Names(), ", "), "is no level")
	}
	switch {
	case l == level.Public:
	case reason == "":
		r.Found.Add(diag.New(diag.MissingKey, r.f.At(at("level")...), "say why: reason = \"confidential\", or another key of data/reasons.toml", `"reason" is missing where a level is raised`))
	case !slices.Contains(r.reasons, reason):
		r.Bad(at("reason"), "write one of: "+strings.Join(r.reasons, ", "), "is no key of data/reasons.toml")
	}
	return l, reason
}

func (r *reader) meta(values map[string]any) {
	f := r.f
	r.unknown(values, nil, "title", "source", "source_url", "licence", "date", "units", "notes", "language", "level", "reason", "column", "total", "sum", "link", "suppression")
	f.Title = r.Required(values, `title = "Naloxone kits supplied"`, "title")
	f.Source = r.Required(values, `source = "Eastmere Council, treatment services"`, "source")
	f.SourceURL = r.Text(values, "source_url")
	f.Licence = r.Required(values, `licence = "Open Government Licence v3.0"`, "licence")
	f.Units = r.Text(values, "units")
	f.Language = r.Text(values, "language")
	if u := f.SourceURL; u != "" {
		if p, err := url.Parse(u); err != nil || p.Scheme != "https" && p.Scheme != "http" || p.Host == "" {
			r.Bad([]string{"source_url"}, "write the whole address, with https:// at its beginning", "takes a web address")
		}
	}
	switch d := values["date"].(type) {
	case nil:
		r.Found.Add(diag.New(diag.MissingKey, f.At("date"), "put in the day that the figures were taken: date = 2026-10-31", `"date" is missing`))
	case frontmatter.LocalDate:
		f.Date = d.String()
	default:
		r.Bad([]string{"date"}, "write a day without quotes: date = 2026-10-31", "takes a day")
	}
	if s, ok := values["notes"].(string); ok {
		f.Notes = []string{strings.TrimSpace(s)}
	} else {
		f.Notes = r.Texts(values, "notes")
	}
	f.Level, f.Reason = r.levelOf(values)
}

func (r *reader) columns(values map[string]any) {
	f := r.f
	blocks := r.Blocks(values, "column")
	if len(blocks) == 0 && !r.Found.HasErrors() {
		r.Found.Add(diag.New(diag.MissingKey, diag.Pos{File: f.sidecar, Line: 1, Column: 1},
			"write a block for each column: [[column]], key = \"area\", type = \"area\"", "the sidecar names no column"))
	}
	for i, t := range blocks {
		at := func(key string) []string { return []string{"column", strconv.Itoa(i), key} }
		r.unknown(t, []string{"column", strconv.Itoa(i)}, "key", "header", "label", "type", "unit", "level", "reason", "follows")
		c := Column{Key: r.Required(t, `key = "kits"`, at("key")...), Header: r.Text(t, at("header")...), Label: r.Text(t, at("label")...),
			Type: r.Required(t, `type = "number"`, at("type")...), Unit: r.Text(t, at("unit")...), Follows: r.Text(t, at("follows")...)}
		c.Level, c.Reason = r.levelOf(t, "column", strconv.Itoa(i))
		switch {
		case c.Key == "":
		case !keyForm.MatchString(c.Key):
			r.Bad(at("key"), `write key = "kits_supplied" and header = "…" as it stands in the CSV file`, "takes small letters a to z, digits and underscores, beginning with a letter")
		case slices.Contains(taken, c.Key):
			r.Bad(at("key"), "choose another, and write header as it stands in the CSV file", "is a word that shortcodes use for something else")
		case f.Column(c.Key) >= 0:
			r.Bad(at("key"), "give every column a key of its own", "names a column that there is already")
		}
		if c.Type != "" && !slices.Contains(types, c.Type) {
			r.Bad(at("type"), "write one of: "+strings.Join(types, ", "), "is no type of column%s", nearmiss.Suffix(c.Type, types))
		}
		if c.Header == "" {
			c.Header = c.Key
		}
		if c.Label == "" {
			c.Label = c.Header
		}
		f.Columns = append(f.Columns, c)
	}
	for i, c := range f.Columns {
		if c.Follows == "" {
			continue
		}
		j := f.Column(c.Follows)
		if c.Type != Number || j < 0 || j == i || f.Columns[j].Type != Number || f.Columns[j].Follows != "" {
			r.Bad([]string{"column", strconv.Itoa(i), "follows"}, "name the column of counts that this rate or share is worked out from", "takes the key of another column of numbers")
		}
	}
}

// columnKey takes the key of a column, of a type where one is asked for.
func (r *reader) columnKey(t map[string]any, want string, path ...string) string {
	key := r.Required(t, path[len(path)-1]+` = "…"`, path...)
	r.isColumn(key, want, path...)
	return key
}

func (r *reader) isColumn(key, want string, path ...string) {
	i := r.f.Column(key)
	switch {
	case key == "":
	case i < 0:
		r.Bad(path, "the columns are: "+strings.Join(r.f.keys(), ", "), "names no column%s", nearmiss.Suffix(key, r.f.keys()))
	case want == Number && r.f.Columns[i].Type != Number:
		r.Bad(path, "name a column of the type number", "names a column that is not of numbers")
	case want == "" && r.f.Columns[i].Type == Number:
		r.Bad(path, "name a column of the type area, period, date or text", "names a column of numbers")
	}
}

func (r *reader) columnKeys(t map[string]any, want string, path ...string) []string {
	keys := r.Texts(t, path...)
	for i, key := range keys {
		r.isColumn(key, want, append(slices.Clone(path), strconv.Itoa(i))...)
	}
	return keys
}

func (r *reader) relations(values map[string]any) {
	f := r.f
	for i, t := range r.Blocks(values, "total") {
		path := []string{"total", strconv.Itoa(i)}
		at := func(key string) []string { return append(slices.Clone(path), key) }
		r.unknown(t, path, "column", "value", "of", "columns")
		f.Totals = append(f.Totals, Total{Column: r.columnKey(t, "", at("column")...), Value: r.Required(t, `value = "All areas"`, at("value")...),
			Of: r.Texts(t, at("of")...), Columns: r.columnKeys(t, Number, at("columns")...), at: f.At(path...)})
	}
	for i, t := range r.Blocks(values, "sum") {
		path := []string{"sum", strconv.Itoa(i)}
		at := func(key string) []string { return append(slices.Clone(path), key) }
		r.unknown(t, path, "total", "of")
		s := Sum{Total: r.columnKey(t, Number, at("total")...), Of: r.columnKeys(t, Number, at("of")...), at: f.At(path...)}
		if len(s.Of) == 0 || slices.Contains(s.Of, s.Total) {
			r.Bad(at("of"), `name the columns that add up: of = ["men", "women"]`, "takes the columns that make the total, without the total itself")
		}
		f.Sums = append(f.Sums, s)
	}
	for i, t := range r.Blocks(values, "link") {
		path := []string{"link", strconv.Itoa(i)}
		at := func(key string) []string { return append(slices.Clone(path), key) }
		r.unknown(t, path, "figure", "column", "theirs", "on", "where")
		l := Connection{Figure: r.Required(t, `figure = "kits-by-month"`, at("figure")...), Column: r.columnKey(t, Number, at("column")...),
			Theirs: r.Text(t, at("theirs")...), On: r.columnKeys(t, "", at("on")...), Where: map[string]string{}, at: f.At(path...)}
		if w, there := t["where"]; there {
			table, ok := w.(map[string]any)
			if !ok {
				r.Bad(at("where"), `write where = { year = "All years" }`, "takes a table")
			}
			for _, key := range slices.Sorted(maps.Keys(table)) {
				l.Where[key] = r.Text(table, append(at("where"), key)...)
			}
		}
		f.Links = append(f.Links, l)
	}
}

func (r *reader) suppression(values map[string]any) {
	s := &r.f.Suppression
	s.Below, s.Level = -1, Hidden
	v, there := values["suppression"]
	if !there {
		return
	}
	s.at = r.f.At("suppression")
	t, ok := v.(map[string]any)
	if !ok {
		r.Bad([]string{"suppression"}, "write [suppression] on a line of its own and its keys below", "takes a table")
		return
	}
	r.unknown(t, []string{"suppression"}, "below", "zero", "columns", "level")
	if v, there := t["below"]; there {
		n, ok := v.(int64)
		if problem := CheckBelow(n); !ok || problem != "" {
			r.Bad([]string{"suppression", "below"}, "write below = 5 to hide 1 to 4; 0 hides nothing", "%s", "takes a whole number: 0, or 3 to 1000")
		}
		s.Below = n
	}
	s.Zero = r.Bool(t, "suppression", "zero")
	s.Columns = r.columnKeys(t, Number, "suppression", "columns")
	if name := r.Text(t, "suppression", "level"); name != "" {
		l, err := level.ParseLevel(name)
		if err != nil || l == level.Public {
			r.Bad([]string{"suppression", "level"}, "write partners or restricted: whose editions show the small numbers; leave it out for none", "takes a level above public")
		}
		s.Level = l
	}
}

// CheckBelow says what is wrong with a threshold. Under 3 the mark alone would tell the number.
func CheckBelow(n int64) string {
	if n == 0 || n >= 3 && n <= 1000 {
		return ""
	}
	return fmt.Sprintf("takes 0, or a whole number from 3 to %d", 1000)
}
