package figure

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"candour/internal/diag"
	"candour/internal/nearmiss"
)

// MaxRows is the most rows that a figure may have: more is no figure that anybody reads, and every number has to be proved.
const MaxRows = 10_000

var numeral = regexp.MustCompile(`^([-+−]?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{1,6}))?$`)

// symbols are what stands where a number is not, as the Government Statistical Service writes it and as people do.
var symbols = map[string]CellState{
	"": Missing, "..": Missing, ":": Missing, "[x]": Missing, "n/a": Missing, "[z]": NotApplicable,
	"[c]": HiddenBySource, "*": HiddenBySource, "c": HiddenBySource,
}

// readCSV reads the rows. Positions count characters, from 1.
func (f *Figure) readCSV(data []byte) diag.List {
	var found diag.List
	at := func(line, col int) diag.Pos { return diag.Pos{File: f.File, Line: line, Column: col} }
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	lines := bytes.Split(data, []byte("\n"))
	column := func(line, byteCol int) int {
		if line < 1 || line > len(lines) {
			return 1
		}
		return utf8.RuneCount(lines[line-1][:min(byteCol-1, len(lines[line-1]))]) + 1
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	header, err := r.Read()
	if err != nil {
		var pe *csv.ParseError
		if errors.As(err, &pe) {
			return diag.List{diag.New(diag.BadData, at(pe.Line, column(pe.Line, pe.Column)), quoteHint, "the row of headings cannot be read")}
		}
		return diag.List{diag.New(diag.BadData, at(1, 1), "put the headings on the first line and the rows below", "the file is empty")}
	}
	where := make([]int, len(header)) // column of the file -> column of the sidecar
	seen := map[string]bool{}
	var headers []string
	for _, c := range f.Columns {
		headers = append(headers, c.Header)
	}
	for i, name := range header {
		line, col := r.FieldPos(i)
		pos := at(line, column(line, col))
		name = strings.TrimSpace(name)
		where[i] = slices.Index(headers, name)
		switch {
		case where[i] < 0 && len(header) == 1 && strings.ContainsAny(name, ";\t"):
			return diag.List{diag.New(diag.BadData, pos, "save it as CSV with commas (in Excel: CSV UTF-8)", "the columns are not parted by commas")}
		case where[i] < 0:
			found.Add(diag.New(diag.BadData, pos, "describe it in the sidecar as a [[column]] with its level, or take it out of the file", "column %d is not in the sidecar, so nobody has said who may see it%s", i+1, nearmiss.Suffix(name, headers)))
		case seen[name]:
			found.Add(diag.New(diag.BadData, pos, "give every column a heading of its own", "column %d has the heading of a column before it", i+1))
		}
		seen[name] = true
	}
	for i, c := range f.Columns {
		if !seen[c.Header] {
			found.Add(diag.New(diag.BadData, f.At("column", strconv.Itoa(i), "key"), "correct key or header, or take the block out; the file's headings stand on its first line", "the CSV file has no column of this heading"))
		}
	}
	if found.HasErrors() {
		return found
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			var pe *csv.ParseError
			if errors.As(err, &pe) {
				found.Add(diag.New(diag.BadData, at(pe.Line, column(pe.Line, pe.Column)), quoteHint, "a quote is out of place"))
			}
			return found
		}
		line, _ := r.FieldPos(0)
		if len(record) != len(header) {
			last, col := r.FieldPos(min(len(record), len(header)) - 1)
			found.Add(diag.New(diag.BadData, at(line, column(last, col)), "count the commas; a value with a comma in it stands between quotes", "the row does not have as many values as there are headings: %d, not %d", len(record), len(header)))
			continue
		}
		if len(f.Rows) >= MaxRows {
			found.Add(diag.New(diag.TooLarge, at(line, 1), "publish a summary, or split the file", "the file has more than %d rows", MaxRows))
			return found
		}
		row := Row{Line: line, Cells: make([]Cell, len(f.Columns))}
		for i, text := range record {
			l, col := r.FieldPos(i)
			cell, problem, hint := readCell(strings.TrimSpace(text), f.Columns[where[i]].Type)
			if problem != "" {
				found.Add(diag.New(diag.BadData, at(l, column(l, col)), hint, "column %q: %s", f.Columns[where[i]].Key, problem))
			}
			row.Cells[where[i]] = cell
		}
		f.Rows = append(f.Rows, row)
	}
	if len(f.Rows) == 0 && !found.HasErrors() {
		found.Add(diag.New(diag.BadData, at(1, 1), "put a row below the headings", "the file has headings and no rows"))
	}
	if !found.HasErrors() {
		found.Add(f.scale()...)
	}
	return found
}

const quoteHint = `a value with a comma or quote in it stands between straight quotes, and a quote within is written twice: "Ward ""B"", west"`

// readCell reads a value as its column's type wants it.
func readCell(text, kind string) (c Cell, problem, hint string) {
	c.Text = text
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
		return c, "a value holds a line end or an invisible character", "write it on one line"
	}
	switch kind {
	case Number:
		if state, ok := symbols[text]; ok {
			return Cell{State: state}, "", ""
		}
		if !numeral.MatchString(text) {
			return c, "text where a number belongs", "write digits alone; for a number that nobody has leave the cell empty or write [x], for one that was hidden already write [c]"
		}
	case Date:
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return c, "is no day", "write it as 2026-10-31"
		}
	default:
		switch {
		case text == "":
			return c, "an empty value, and a row must say what it is about", "fill it in"
		case strings.ContainsAny(text[:1], "=+@") || text[0] == '-' && len(text) > 1 && (text[1] < '0' || text[1] > '9'):
			return c, "a text begins with a sign that spreadsheets take for a formula", "write it without = + - or @ at its beginning"
		}
	}
	return c, "", ""
}

// scale turns the texts of numbers into whole ones, by the most decimals that their column has.
func (f *Figure) scale() diag.List {
	var found diag.List
	for i := range f.Columns {
		c := &f.Columns[i]
		if c.Type != Number {
			continue
		}
		for _, row := range f.Rows {
			if _, fraction, ok := strings.Cut(row.Cells[i].Text, "."); ok {
				c.Decimals = max(c.Decimals, len(fraction))
			}
		}
		for r := range f.Rows {
			cell := &f.Rows[r].Cells[i]
			if cell.State != Given {
				continue
			}
			parts := numeral.FindStringSubmatch(cell.Text)
			digits := strings.ReplaceAll(parts[2], ",", "") + parts[3] + strings.Repeat("0", c.Decimals-len(parts[3]))
			n, err := strconv.ParseInt(digits, 10, 64)
			if err != nil || n > 1e15 {
				found.Add(diag.New(diag.BadData, diag.Pos{File: f.File, Line: f.Rows[r].Line, Column: 1}, "write it in thousands or millions", "column %q: a number is too large", c.Key))
			}
			if parts[1] == "-" || parts[1] == "−" {
				n = -n
			}
			cell.Number = n
		}
	}
	for _, i := range f.counts() {
		for _, row := range f.Rows {
			if row.Cells[i].Number < 0 {
				found.Add(diag.New(diag.BadData, diag.Pos{File: f.File, Line: row.Line, Column: 1}, "if it is no count, name the columns of counts under [suppression]: columns = […]",
					"column %q: a count is less than nought", f.Columns[i].Key))
			}
		}
	}
	return found
}
