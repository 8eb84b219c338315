package vetting

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/markdown"
)

// limitsShortcode prints every limit of test strips.
const limitsShortcode = "strip-limits"

// seeds are parts of the words below, in small letters.
var seeds = [...]string{strip: "strip", nitazene: "nitazene", fentanyl: "fentanyl"}

const (
	strip = iota
	nitazene
	fentanyl
)

var (
	stripWords    = regexp.MustCompile(`(?i)\b(?:(?:drug[- ]?|opioid |nitazenes? |fentanyls? )?test(?:ing)?[- ]strips?|strip[- ]tests?)\b`)
	nitazeneWords = regexp.MustCompile(`(?i)\bnitazenes?\b`)
	fentanylWords = regexp.MustCompile(`(?i)\bfentanyls?\b`)
)

// advice checks harm-reduction advice that must be whole: test strips with all their limits (national review, May 2025,
// paragraph 84), and nitazenes and fentanyls named together (its note 27). The words are English, so pages in another
// language are left to their translators.
func (v *Vetted) advice() diag.List {
	var found diag.List
	primary := v.repo.Config().PrimaryLanguage()
	whole := map[string]bool{} // address of a page -> whether it names every limit
	byAddress := map[string]*Page{}
	for _, p := range v.pages {
		if p.Absence == Present {
			byAddress[p.Address] = p
		}
	}
	namesAll := func(p *Page) bool {
		done, known := whole[p.Address]
		if !known {
			done = len(v.limitsMissing(p)) == 0
			whole[p.Address] = done
		}
		return done
	}
	for _, p := range v.pages {
		if p.Section || p.Absence != Present || p.Lang != "en" && (p.Lang != "" || primary != "en") {
			continue
		}
		if at, ok := v.mention(p, stripWords, strip); ok && !namesAll(p) && !p.leadsTo(byAddress, namesAll) {
			found.Add(v.stripFinding(p, at))
		}
		found.Add(v.oneOpioid(p)...)
	}
	return found
}

// stripFinding is an error where people act on what they read, and a warning where strips are only talked about.
func (v *Vetted) stripFinding(p *Page, at diag.Pos) diag.Finding {
	rule := diag.StripLimits.At(diag.Warning)
	hint := "put this on a line of its own, and every limit stands there: {{< " + limitsShortcode + " >}}; or link to a page that names them all"
	if p.Kind == content.Leaflets || p.Kind == content.Alerts || p.Kind == content.AlertTemplates {
		rule = diag.StripLimits
		hint += "; or publish the rest without it: candour build --leave-out " + quoteArg(p.File)
	}
	return diag.New(rule, at, hint, "speaks of test strips, and not of all that they cannot show; missing: %s", strings.Join(v.limitsMissing(p), ", "))
}

// limitsMissing names the limits of test strips that the shown text of a page does not name.
func (v *Vetted) limitsMissing(p *Page) []string {
	for _, s := range p.Doc.Shortcodes {
		if s.Name == limitsShortcode && !s.Escaped && !p.HiddenAt(s.Span.Start) {
			return nil
		}
	}
	text := v.shownText(p)
	var missing []string
	words := v.repo.Words()
	for _, key := range words.Keys("test-strips") {
		signs, _ := words.Get("test-strips", key)["signs"].([]any)
		if !slices.ContainsFunc(signs, func(sign any) bool {
			s, _ := sign.(string)
			return s != "" && strings.Contains(text, strings.ToLower(s))
		}) {
			missing = append(missing, strings.ReplaceAll(key, "-", " "))
		}
	}
	return missing
}

// shownText is what the edition shows of title, summary and body, in small letters with single spaces.
func (v *Vetted) shownText(p *Page) string {
	var b strings.Builder
	for _, name := range []string{"title", "summary"} {
		b.WriteString(v.shownField(p, name) + " ")
	}
	at := 0
	for _, h := range slices.SortedFunc(slices.Values(p.hidden), func(a, b markdown.Span) int { return a.Start - b.Start }) {
		if h.Start > at {
			b.Write(p.Body[at:h.Start])
		}
		at = max(at, h.End)
	}
	if at < len(p.Body) {
		b.Write(p.Body[at:])
	}
	return strings.Join(strings.Fields(strings.ToLower(strings.NewReplacer("*", "", "_", "").Replace(b.String()))), " ")
}

// shownField is a text of the front matter if the edition shows it: a finding tells nothing about the others.
func (v *Vetted) shownField(p *Page, key string) string {
	if f := p.Field(key); f == nil || f.Level > v.edition.Clearance {
		return ""
	}
	return p.Text(key)
}

// leadsTo reports whether the page links to one that is as it should be.
func (p *Page) leadsTo(byAddress map[string]*Page, good func(*Page) bool) bool {
	return slices.ContainsFunc(p.Links, func(l Link) bool {
		u, err := url.Parse(l.URL)
		if !l.Internal || err != nil {
			return false
		}
		to := byAddress[u.Path]
		return to != nil && to != p && good(to)
	})
}

// mention finds the first place where a page shows a word: in its title, its summary or its body. Without the seed there is
// no need to look closer.
func (v *Vetted) mention(p *Page, word *regexp.Regexp, seed int) (diag.Pos, bool) {
	for _, key := range []string{"title", "summary"} {
		if text := v.shownField(p, key); holds(text, seeds[seed]) && word.MatchString(text) {
			return p.Value(key), true
		}
	}
	if !p.seeds[seed] {
		return diag.Pos{}, false
	}
	for _, m := range word.FindAllIndex(p.Body, -1) {
		// An address such as /alerts/heroin-nitazenes/ says nothing to a reader.
		if m[0] > 0 && strings.IndexByte("/-#.\"=", p.Body[m[0]-1]) >= 0 || p.HiddenAt(m[0]) {
			continue
		}
		return p.pos(m[0]), true
	}
	return diag.Pos{}, false
}

// holds reports whether a text holds a word of small letters, in letters of either size.
func holds[T string | []byte](text T, word string) bool {
	for i := 0; i+len(word) <= len(text); i++ {
		if text[i]|0x20 != word[0] {
			continue
		}
		n := 1
		for n < len(word) && text[i+n]|0x20 == word[n] {
			n++
		}
		if n == len(word) {
			return true
		}
	}
	return false
}

// oneOpioid warns where one of the two families is named without the other: more people have heard of fentanyl than of
// nitazenes, and what to do is the same.
func (v *Vetted) oneOpioid(p *Page) diag.List {
	n, nitazenes := v.mention(p, nitazeneWords, nitazene)
	f, fentanyls := v.mention(p, fentanylWords, fentanyl)
	const hint = "name both, as in: nitazenes and fentanyls; if the page is about one alone, one sentence will do: the advice is the same for the other"
	switch {
	case nitazenes && !fentanyls:
		return diag.List{diag.New(diag.OneOpioid, n, hint, "names nitazenes and not fentanyls, which more people have heard of")}
	case fentanyls && !nitazenes:
		return diag.List{diag.New(diag.OneOpioid, f, hint, "names fentanyls and not nitazenes, for which the same advice holds")}
	}
	return nil
}
