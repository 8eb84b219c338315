//go:build browser

package browsertest

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// headerRules are a site's _headers as the hosts that know it read them: every rule that fits is sent, and two headers of
// one name are joined with a comma.
type headerRules []headerRule

type headerRule struct {
	before, after string // an address, around its star
	star          bool
	headers       [][2]string
}

// readHeaders reads the _headers of a folder; a folder without one sends nothing.
func readHeaders(dir string) (headerRules, error) {
	data, err := os.ReadFile(filepath.Join(dir, "_headers"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var rules headerRules
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "/"):
			before, after, star := strings.Cut(line, "*")
			rules = append(rules, headerRule{before: before, after: after, star: star})
		default:
			name, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
			if !ok || len(rules) == 0 {
				return nil, fmt.Errorf("_headers: %q is neither an address nor a header", line)
			}
			last := &rules[len(rules)-1]
			last.headers = append(last.headers, [2]string{name, value})
		}
	}
	return rules, nil
}

func (r headerRule) fits(path string) bool {
	if !r.star {
		return path == r.before
	}
	return len(path) >= len(r.before)+len(r.after) && strings.HasPrefix(path, r.before) && strings.HasSuffix(path, r.after)
}

func (rules headerRules) send(w http.ResponseWriter, path string) {
	for _, rule := range rules {
		if !rule.fits(path) {
			continue
		}
		for _, h := range rule.headers {
			value := h[1]
			if was := w.Header().Get(h[0]); was != "" {
				value = was + ", " + value
			}
			w.Header().Set(h[0], value)
		}
	}
}
