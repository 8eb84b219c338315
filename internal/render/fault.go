package render

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gohugoio/hugo/common/herrors"

	"candour/internal/diag"
)

const layoutHint = "correct the template or the shortcode at this place; without files of your own in layouts/ and themes/ the program's are used"

// quoted is a text between quotes in a template.
const quoted = "(?:\"(?:[^\"\\\\\n]|\\\\.)*\"|`[^`]*`)"

var (
	inTemplate   = regexp.MustCompile(`template: ([^\s:]+):(\d+)(?::(\d+))?: ?`)
	noFunction   = regexp.MustCompile(`function "([A-Za-z0-9_.]+)" not defined`)
	noField      = regexp.MustCompile(`can't evaluate field ([A-Za-z0-9_]+) in type`)
	callFailed   = regexp.MustCompile(`error calling ([A-Za-z0-9_.]+)`)
	callsErrorf  = regexp.MustCompile(`\berror(?:f|idf\s+` + quoted + `)\s+(` + quoted + `)`)
	verb         = regexp.MustCompile(`%[-+# 0-9.\[\]*]*[a-zA-Z]`)
	stopsItself  = regexp.MustCompile(`^logged \d+ error\(s\)$`)
	blankRun     = regexp.MustCompile(`\s+`)
	deniedPhrase = "access denied"
)

// finding turns Hugo's error into one of ours: the place, and what kind of fault it is. Hugo's own words may quote what a
// page says, which readers of a higher edition may know and a build's log may not, so they are not repeated; nor are its
// settings. logged are the messages of errorf.
func (t *tree) finding(err error, logged []string) diag.Finding {
	text := strings.TrimSpace(blankRun.ReplaceAllString(err.Error(), " "))
	if stopsItself.MatchString(text) {
		return t.reported(logged)
	}
	at := diag.Pos{}
	for _, fe := range herrors.UnwrapFileErrors(err) {
		pos := fe.Position()
		name := strings.TrimPrefix(path.Clean(strings.ReplaceAll(pos.Filename, "\\", "/")), root+"/")
		if source, ok := t.sources[name]; ok {
			at = diag.Pos{File: source, Line: max(pos.LineNumber, 0), Column: max(pos.ColumnNumber, 0)}
		}
	}
	fault := text
	if all := inTemplate.FindAllStringSubmatchIndex(text, -1); all != nil {
		m := all[len(all)-1]
		fault = text[m[1]:]
		if source, ok := t.sources["layouts/"+text[m[2]:m[3]]]; ok {
			at = diag.Pos{File: source, Column: 1}
			at.Line, _ = strconv.Atoi(text[m[4]:m[5]])
			if m[6] >= 0 {
				at.Column, _ = strconv.Atoi(text[m[6]:m[7]])
			}
		}
	}
	hint := layoutHint
	if strings.Contains(text, noBundler) {
		fault, hint = noBundler, bundleHint
	}
	return diag.New(diag.BadLayout, at, hint, "the page could not be made: %s", kindOfFault(fault))
}

// kindOfFault says what is wrong in a template. What it names are words of the template: functions and fields.
func kindOfFault(fault string) string {
	call := ""
	if m := callFailed.FindAllStringSubmatch(fault, -1); m != nil {
		call = m[len(m)-1][1]
	}
	switch {
	case fault == noBundler:
		return fault
	case strings.Contains(fault, deniedPhrase):
		return call + " asks for what templates do not get: neither the network nor the environment nor other programs"
	case noFunction.MatchString(fault):
		return "there is no function " + strconv.Quote(noFunction.FindStringSubmatch(fault)[1])
	case noField.MatchString(fault):
		return "there is no " + strconv.Quote(noField.FindStringSubmatch(fault)[1]) + " in what stands before it"
	case strings.Contains(fault, "nil pointer evaluating"):
		return "what stands before the last name here is not there on every page; ask for it with {{ with … }}"
	case strings.EqualFold(call, "partial"), strings.EqualFold(call, "partialCached"):
		if strings.Contains(fault, "not found") {
			return "it calls a partial that is not there"
		}
		return "a partial that it calls fails"
	case call != "":
		return call + " was given what it cannot take"
	case strings.Contains(fault, "executing "):
		return "the template fails here"
	default: // what a parser says quotes the template alone
		if strings.HasPrefix(fault, "template: ") || strings.Contains(fault, "/content/") || len(fault) > 120 {
			return "the template cannot be read"
		}
		return "the template cannot be read: " + fault
	}
}

// reported is for a template that stopped the build itself, with errorf. Its words are those of the template; what it put
// into them is left out.
func (t *tree) reported(logged []string) diag.Finding {
	names := make([]string, 0, len(t.layouts))
	for name := range t.layouts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		source, own := t.sources["layouts/"+name]
		if !own {
			continue
		}
		data := string(t.layouts[name].data)
		for _, m := range callsErrorf.FindAllStringSubmatchIndex(data, -1) {
			format, err := strconv.Unquote(data[m[2]:m[3]])
			if err != nil {
				continue
			}
			like := verb.Split(format, -1)
			for i := range like {
				like[i] = regexp.QuoteMeta(like[i])
			}
			said, err := regexp.Compile(`(?s)^` + strings.Join(like, `.*`))
			if err != nil || !slices.ContainsFunc(logged, said.MatchString) {
				continue
			}
			at := diag.Pos{File: source, Line: 1 + strings.Count(data[:m[0]], "\n"), Column: m[0] - strings.LastIndexByte(data[:m[0]], '\n')}
			return diag.New(diag.BadLayout, at, "do what the template asks for, or correct its condition", "the template stops the build: %s", verb.ReplaceAllString(format, "…"))
		}
	}
	return diag.New(diag.BadLayout, diag.Pos{}, layoutHint, "a template stops the build with errorf")
}

// errorLog keeps what templates log as errors, in memory alone.
type errorLog struct {
	mu   sync.Mutex
	said []byte
}

func (l *errorLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said = append(l.said, p...)
	return len(p), nil
}

func (l *errorLog) lines() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for line := range strings.Lines(string(l.said)) {
		out = append(out, strings.TrimPrefix(strings.TrimRight(line, "\n"), "ERROR "))
	}
	return out
}
