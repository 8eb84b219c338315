package scaffold

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"candour/internal/content"
	"candour/internal/frontmatter"
	"candour/internal/markdown"
	"candour/internal/nearmiss"
	"candour/internal/schema"
	"candour/internal/vocab"
)

// FillError says what is wrong with what was to be filled in.
type FillError struct{ Message string }

func (e *FillError) Error() string { return e.Message }

// CheckKeys refuses what is filled into gaps that the template does not have.
func CheckKeys(template *content.Page, fill map[string]string) error {
	var known []string
	for _, g := range template.Gaps() {
		known = append(known, g.Key)
	}
	for _, key := range slices.Sorted(maps.Keys(fill)) {
		if !slices.Contains(known, key) {
			return &FillError{fmt.Sprintf("the template has no gap %q%s; its gaps are: %s", key, nearmiss.Suffix(key, known), strings.Join(known, ", "))}
		}
	}
	return nil
}

// CheckFill holds what is to be filled in against the gaps of a template. What is missing it names with the flags to add.
func CheckFill(template *content.Page, fill map[string]string) error {
	if err := CheckKeys(template, fill); err != nil {
		return err
	}
	var missing, flags []string
	for _, g := range template.Gaps() {
		if g.Required && strings.TrimSpace(fill[g.Key]) == "" {
			missing = append(missing, g.Key)
			flags = append(flags, "--fill "+g.Key+"=\"…\"")
		}
	}
	if len(missing) > 0 {
		return &FillError{fmt.Sprintf("these gaps must be filled: %s; add to the command: %s", strings.Join(missing, ", "), strings.Join(flags, " "))}
	}
	if verdict := fill[content.RumourVerdict]; template.CorrectsRumour() && !slices.Contains(content.Verdicts, verdict) {
		return &FillError{fmt.Sprintf("%s takes one of: %s", content.RumourVerdict, strings.Join(content.Verdicts, ", "))}
	}
	return nil
}

// evidenceOf is what an alert may claim that nobody has looked at yet: nothing that is confirmed, unless it corrects a rumour
// and the verdict says what is known.
func evidenceOf(template *content.Page, fill map[string]string) string {
	if template.CorrectsRumour() {
		switch fill[content.RumourVerdict] {
		case "false":
			return "ruled-out"
		case "confirmed":
			return "confirmed"
		}
	}
	return "suspected"
}

// draftNote tells whoever opens a draft what is left to do.
const draftNote = `# A draft, which only the internal edition shows. Before anybody else can read it:
# 1. say in title and summary who is at risk and what to do, in words that can be taken in at a glance;
# 2. let the panel of public health and police meet, then fill in the lines that begin with # below, and take the # away;
# 3. set status = "issued", and have it signed: candour approve PAGE --role ROLE
`

// WithoutDraftNote takes what [Alert] says of a draft out of a page that is none any more.
func WithoutDraftNote(src []byte) []byte {
	if out := bytes.Replace(src, []byte(draftNote), nil, 1); len(out) < len(src) {
		return out
	}
	return bytes.Replace(src, []byte(strings.ReplaceAll(draftNote, "\n", "\r\n")), nil, 1)
}

var bareKey = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// Alert writes the text of a draft alert from a template: the template's words with its gaps filled in, as the alert's own
// body, and what was filled in under [fill]. It cannot be published as it is: what only people can know, when the panel met
// and how long the alert holds, is left for them to fill in. What the template withholds of these words stays withheld.
func Alert(template *content.Page, fill map[string]string, area string, now time.Time) []byte {
	var b bytes.Buffer
	line := func(key, value string) { fmt.Fprintf(&b, "%s = %s\n", key, value) }
	slug := strings.Trim(template.Address, "/")
	slug = slug[strings.LastIndex(slug, "/")+1:]
	b.WriteString("+++\n" + draftNote)
	line("title", frontmatter.Quote(template.Text("title")))
	line("summary", frontmatter.Quote(template.Text("summary")))
	line("date", now.Format(time.DateOnly))
	line("template", frontmatter.Quote(slug))
	line("status", `"draft"`)
	line("area", frontmatter.Quote(area))
	if level := template.Text("level"); level != "" {
		line("level", frontmatter.Quote(level))
	}
	b.WriteString("# evidence is \"confirmed\" only when a laboratory has said so\n")
	line("evidence", frontmatter.Quote(evidenceOf(template, fill)))
	b.WriteString(`# when the panel met, when the alert goes out, and until when people may rely on it, as 2026-11-20T18:00:00
# panel_met =
# issued =
# expires =
# if it may reach other areas: which, and who there was told
# boundary_with = []
# told = ""
`)
	if len(fill) > 0 {
		b.WriteString("\n[fill]\n")
		for _, key := range slices.Sorted(maps.Keys(fill)) {
			name := key
			if !bareKey.MatchString(key) {
				name = frontmatter.Quote(key)
			}
			line(name, frontmatter.Quote(fill[key]))
		}
	}
	items, _ := template.Front["withhold"].([]any)
	for _, item := range items {
		flag, _ := item.(map[string]any)
		if field, ok := flag["field"].(string); ok && field != "title" && field != "summary" || flag["file"] != nil {
			continue // of what the alert does not take over
		}
		b.WriteString("\n[[withhold]]\n")
		for _, key := range []string{"field", "section", "passage", "level", "reason", "show"} {
			if s, ok := flag[key].(string); ok {
				line(key, frontmatter.Quote(s))
			}
		}
		if search, ok := flag["search"].(bool); ok {
			line("search", fmt.Sprint(search))
		}
	}
	b.WriteString("+++\n")
	body := bytes.ReplaceAll(template.Body, []byte("\r\n"), []byte("\n"))
	var edits []markdown.Edit
	for _, s := range markdown.Parse(body).Shortcodes {
		if s.Name == "placeholder" && len(s.Args) == 1 && !s.Escaped {
			edits = append(edits, markdown.Edit{Span: s.Span, Text: strings.Join(strings.Fields(fill[s.Args[0]]), " ")})
		}
	}
	b.Write(bytes.TrimLeft(markdown.Apply(body, edits), "\n"))
	return b.Bytes()
}

// Page writes the text of a new page of a kind, with every key that it needs. known holds what is known of them already, by
// key; everything else is a gap, and check reports each: an example that nobody noticed must not be published.
func Page(k *schema.Kind, words *vocab.Set, known map[string]string, now time.Time) []byte {
	var b, tables bytes.Buffer
	fmt.Fprintf(&b, "+++\n# What the keys mean: candour explain %s. Whatever is left empty, candour check asks for.\n", k.Name)
	for _, f := range k.Fields {
		if !f.Required || strings.Contains(f.Path, ".") {
			continue
		}
		value, given := known[f.Path]
		switch {
		case given && f.List:
			fmt.Fprintf(&b, "%s = [%s]\n", f.Path, frontmatter.Quote(value))
		case given:
			fmt.Fprintf(&b, "%s = %s\n", f.Path, frontmatter.Quote(value))
		case f.Path == "date":
			fmt.Fprintf(&b, "date = %s\n", now.Format(time.DateOnly))
		case f.Type == schema.Tables:
			fmt.Fprintf(&tables, "\n[[%s]]\n", f.Path)
			for _, child := range k.Fields {
				if name, ok := strings.CutPrefix(child.Path, f.Path+".*."); ok && child.Required && !strings.Contains(name, ".") {
					tables.WriteString(gapLine(name, child, words))
				}
			}
		default:
			b.WriteString(gapLine(f.Path, f, words))
		}
	}
	b.Write(tables.Bytes())
	b.WriteString("+++\n{{< placeholder \"text\" >}}\n")
	return b.Bytes()
}

// gapLine is a key without its value.
func gapLine(name string, f *schema.Field, words *vocab.Set) string {
	note := ""
	switch {
	case f.Vocabulary != "":
		note = " # one of: "
		if f.List {
			note = " # one or more of: "
		}
		note += strings.Join(words.Keys(f.Vocabulary), ", ")
	case len(f.Values) > 0:
		note = " # one of: " + strings.Join(f.Values, ", ")
	}
	switch {
	case f.Type == schema.Date || f.Type == schema.DateTime:
		return "# " + name + " = a day, as " + strings.TrimSpace(f.Example) + "\n"
	case f.Type == schema.Boolean:
		return name + " = false\n"
	case f.List:
		return name + " = []" + note + "\n"
	default:
		return name + " = \"\"" + note + "\n"
	}
}

// Create writes a new file, and never over one that is there.
func Create(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("the folder %s cannot be made: %w", filepath.Dir(name), reason(err))
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		if os.IsExist(err) {
			return &TakenError{filepath.Base(name), "choose another name, or edit the page that is there"}
		}
		return fmt.Errorf("%s cannot be written: %w", name, reason(err))
	}
	_, err = f.Write(data)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = os.Remove(name)
		return fmt.Errorf("%s cannot be written: %w", name, reason(err))
	}
	return nil
}

// reason is what the system says, without the path, which is named already.
func reason(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
