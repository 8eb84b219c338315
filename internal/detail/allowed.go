package detail

import "strings"

// Allowed is what a site has listed as publishable. The zero value, and nil, allow nothing.
type Allowed struct {
	listed  map[Kind]map[string]bool
	names   []string
	phrases []string // in the form of phraseForm
}

// NewAllowed takes the lists of [publishable], with the values of [contact] put where they belong.
func NewAllowed(phones, emails, postcodes, names, operations, phrases []string) *Allowed {
	a := &Allowed{listed: map[Kind]map[string]bool{}}
	for k, list := range map[Kind][]string{Phone: phones, Email: emails, Postcode: postcodes, Operation: operations, Name: names} {
		m := map[string]bool{}
		for _, v := range list {
			if n := listedForm(k, v); n != "" {
				m[n] = true
			}
		}
		a.listed[k] = m
	}
	for n := range a.listed[Name] {
		a.names = append(a.names, n)
	}
	for _, p := range phrases {
		if f := phraseForm(p); f != "" {
			a.phrases = append(a.phrases, f)
		}
	}
	return a
}

// listedForm is Normal, but for an extension: a switchboard on the list does not make every desk behind it publishable.
func listedForm(k Kind, v string) string {
	n := normal(k, v)
	if k == Phone {
		if x := extensionDigits(plain(v)); x != "" {
			n += "x" + x
		}
	}
	return n
}

// Permits reports whether the site has listed the match, in any spelling of the same value, or a phrase that text has around
// the match.
func (a *Allowed) Permits(text string, m Match) bool {
	if a == nil {
		return false
	}
	n := listedForm(m.Kind, m.Text)
	if a.listed[m.Kind][n] {
		return true
	}
	if m.Kind == Name { // the words after a name can look like more of it
		for _, l := range a.names {
			if strings.HasPrefix(n, l) && n[len(l)] == ' ' {
				return true
			}
		}
	}
	return a.inPhrase(text, m)
}

func (a *Allowed) inPhrase(text string, m Match) bool {
	if m.Start < 0 || m.End > len(text) || m.Start >= m.End {
		return false
	}
	value := phraseForm(text[m.Start:m.End])
	for _, p := range a.phrases {
		if !strings.Contains(p, value) {
			continue
		}
		// White space and invisible characters make the text longer than the phrase: look four times as far.
		reach := 4*len(p) + 64
		before := squeeze(text[max(0, m.Start-reach):m.Start])
		after := squeeze(text[m.End:min(len(text), m.End+reach)])
		around := before + value + after
		for from := 0; from+len(p) <= len(around); {
			i := strings.Index(around[from:], p)
			if i < 0 {
				break
			}
			i += from
			if i <= len(before) && i+len(p) >= len(before)+len(value) {
				return true
			}
			from = i + 1
		}
	}
	return false
}

// phraseForm is a phrase as it is compared: folded, in small letters, with single spaces.
func phraseForm(s string) string { return strings.TrimSpace(squeeze(s)) }

// squeeze is phraseForm that keeps a space at either end.
func squeeze(s string) string {
	folded, _ := fold(s)
	var b strings.Builder
	space := false
	for _, r := range strings.ToLower(folded) {
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}
