package webcheck

import (
	"bytes"
	"net/url"
	"strings"

	"candour/internal/diag"
)

// addressKind is where an address leads.
type addressKind int

const (
	ownAddress addressKind = iota // relative, or absolute on our own host
	otherHost
	scriptAddress // javascript:, vbscript:
	dataAddress
	localAddress // about:, blob:
	otherScheme  // mailto:, tel:, file: and the rest
	noAddress
)

// hostOf is the host of a base URL in the form of authority, or "".
func hostOf(base string) string {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return ""
	}
	return authority([]byte(u.Host), strings.ToLower(u.Scheme))
}

// authority is a host in small letters, without user, default port and final dot.
func authority(b []byte, scheme string) string {
	b = b[bytes.LastIndexByte(b, '@')+1:]
	h := strings.ToLower(string(b))
	switch scheme {
	case "http", "ws":
		h = strings.TrimSuffix(h, ":80")
	case "https", "wss":
		h = strings.TrimSuffix(h, ":443")
	}
	return strings.TrimSuffix(h, ".")
}

// tidy undoes what the URL standard undoes first: control characters and spaces at the ends, tabs and line breaks inside.
func tidy(a []byte) []byte {
	for len(a) > 0 && a[0] <= ' ' {
		a = a[1:]
	}
	for len(a) > 0 && a[len(a)-1] <= ' ' {
		a = a[:len(a)-1]
	}
	if bytes.ContainsAny(a, "\t\r\n") {
		out := make([]byte, 0, len(a))
		for _, c := range a {
			if c != '\t' && c != '\r' && c != '\n' {
				out = append(out, c)
			}
		}
		return out
	}
	return a
}

// classify says where a tidied address leads. For other hosts it names the host. The rules are those of the URL standard,
// where a backslash is as good as a slash and "https:host" an address.
func (s *scan) classify(a []byte) (addressKind, string) {
	if len(a) == 0 {
		return noAddress, ""
	}
	slash := func(i int) bool { return i < len(a) && (a[i] == '/' || a[i] == '\\') }
	if slash(0) && !slash(1) || a[0] == '#' || a[0] == '?' || a[0] == '.' {
		return ownAddress, ""
	}
	scheme, rest := "", a
	if !slash(0) {
		n := 0
		for n < len(a) && (isAlnum(a[n]) || n > 0 && (a[n] == '+' || a[n] == '-' || a[n] == '.')) {
			n++
		}
		if n == len(a) || a[n] != ':' || !isLetter(a[0]) {
			return ownAddress, ""
		}
		scheme, rest = strings.ToLower(string(a[:n])), a[n+1:]
	}
	switch scheme {
	case "", "http", "https", "ws", "wss", "ftp":
	case "javascript", "vbscript", "livescript":
		return scriptAddress, ""
	case "data":
		return dataAddress, ""
	case "about", "blob":
		return localAddress, ""
	default:
		return otherScheme, ""
	}
	for len(rest) > 0 && (rest[0] == '/' || rest[0] == '\\') {
		rest = rest[1:]
	}
	if i := bytes.IndexAny(rest, `/\?#`); i >= 0 {
		rest = rest[:i]
	}
	if scheme == "" {
		scheme, _, _ = strings.Cut(strings.ToLower(s.opt.BaseURL), ":")
	}
	host := authority(rest, scheme)
	if host == s.own && host != "" {
		return ownAddress, ""
	}
	return otherHost, host
}

// request judges an address that a browser fetches by itself. what names who asks, such as "a script".
func (s *scan) request(addr []byte, what string) {
	a := tidy(addr)
	switch kind, host := s.classify(a); kind {
	case ownAddress:
		s.addRef(a, true)
	case otherHost:
		s.thirdParty(a, what, host)
	case otherScheme:
		s.thirdParty(a, what, "an address that is not on the web")
	case scriptAddress:
		s.activeAddress(a, what)
	case dataAddress:
		if activeData(a) {
			s.activeAddress(a, what)
		}
	}
}

// embed is request for what runs as a document or script of its own, where even an image's data is active.
func (s *scan) embed(addr []byte, what string) {
	if a := tidy(addr); len(a) > 5 && bytes.EqualFold(a[:5], []byte("data:")) {
		s.activeAddress(a, what)
		return
	}
	s.request(addr, what)
}

// follow judges an address that a reader follows.
func (s *scan) follow(addr []byte, what string) {
	a := tidy(addr)
	switch kind, _ := s.classify(a); kind {
	case ownAddress:
		s.addRef(a, false)
	case scriptAddress:
		s.activeAddress(a, what)
	case dataAddress:
		if activeData(a) {
			s.activeAddress(a, what)
		}
	case otherScheme:
		for _, scheme := range []string{"tel:", "mailto:", "sms:", "geo:", "whatsapp:"} {
			if len(a) > len(scheme) && strings.EqualFold(string(a[:len(scheme)]), scheme) {
				s.addExtra(unpercent(a[len(scheme):]))
			}
		}
	case otherHost:
		// Services that are called, written to or looked up through an address have the detail in it.
		if d := unpercent(a); bytes.Contains(d, []byte("wa.me/")) || bytes.Contains(d, []byte("w3w.co/")) || bytes.Contains(d, []byte("what3words.com/")) {
			s.addExtra(d)
		}
	}
}

func unpercent(a []byte) []byte {
	if bytes.IndexByte(a, '%') < 0 {
		return a
	}
	if u, err := url.PathUnescape(string(a)); err == nil {
		return []byte(u)
	}
	return a
}

// activeData reports whether a data: address holds a document that can run scripts.
func activeData(a []byte) bool {
	t := strings.ToLower(string(a[len("data:"):min(len(a), 64)]))
	t = strings.TrimSpace(t)
	for _, active := range []string{"text/html", "text/xml", "application/xhtml", "application/xml", "text/javascript", "application/javascript"} {
		if strings.HasPrefix(t, active) {
			return true
		}
	}
	return false
}

func (s *scan) thirdParty(a []byte, what, host string) {
	if host == "" {
		host = "another site"
	}
	s.report(diag.ThirdParty, string(a), what+" asks "+shorten(host)+" for something, and tells it who is reading",
		"keep a copy on the site (under static/) and use that, or take it out")
}

func (s *scan) activeAddress(a []byte, what string) {
	s.report(diag.ActiveContent, "", what+" has an address that runs code", "use an https address, or take it out")
}

// shorten keeps messages readable.
func shorten(a string) string {
	const most = 120
	r := []rune(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(a, "?")))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

// srcset judges every candidate of a srcset attribute.
func (s *scan) srcset(v []byte, what string) {
	for {
		for len(v) > 0 && (isSpace(v[0]) || v[0] == ',') {
			v = v[1:]
		}
		if len(v) == 0 {
			return
		}
		n := 0
		for n < len(v) && !isSpace(v[n]) {
			n++
		}
		addr := v[:n]
		v = v[n:]
		if trimmed := bytes.TrimRight(addr, ","); len(trimmed) < len(addr) {
			addr = trimmed // a comma right behind the address ends the candidate
		} else if i := bytes.IndexByte(v, ','); i >= 0 {
			v = v[i+1:]
		} else {
			v = nil
		}
		s.request(addr, what)
	}
}

// redirect judges the content of <meta http-equiv="refresh">.
func (s *scan) redirect(v []byte) {
	i := bytes.IndexAny(v, ";,")
	if i < 0 {
		return
	}
	a := bytes.TrimLeft(v[i+1:], " \t\r\n\f")
	if len(a) > 3 && bytes.EqualFold(a[:3], []byte("url")) {
		if rest := bytes.TrimLeft(a[3:], " \t\r\n\f"); len(rest) > 0 && rest[0] == '=' {
			a = bytes.TrimLeft(rest[1:], " \t\r\n\f")
		}
	}
	if len(a) > 0 && (a[0] == '"' || a[0] == '\'') {
		q := a[0]
		a = a[1:]
		if j := bytes.IndexByte(a, q); j >= 0 {
			a = a[:j]
		}
	}
	s.request(a, "a redirect")
}
