//go:build browser

package browsertest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestHTML(t *testing.T) {
	for _, s := range sites {
		t.Run(s.name, func(t *testing.T) {
			problems, err := validate(t.Context(), s.dir)
			if err != nil {
				t.Fatal(err)
			}
			report(t, problems)
		})
	}
}

// An entity that a reader sees was escaped twice: no checker objects to it.
func TestNothingIsEscapedTwice(t *testing.T) {
	twice := regexp.MustCompile(`&amp;(?:#[0-9]+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos|nbsp);`)
	for _, s := range sites {
		for _, p := range s.pages {
			data, err := s.read(p)
			if err != nil {
				t.Fatal(err)
			}
			if at := twice.FindStringIndex(data); at != nil {
				t.Errorf("%s: %s: …%s…", s.name, p, data[max(0, at[0]-30):min(len(data), at[1]+10)])
			}
		}
	}
}

func TestFaultyHTMLIsFound(t *testing.T) {
	problems, err := validate(t.Context(), "testdata/faulty-html")
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]bool{}
	for _, p := range problems {
		rules[p.page+" "+p.rule] = true
	}
	for _, want := range []string{"/error.html error", "/warning.html info warning"} {
		if !rules[want] {
			t.Errorf("%s is not found; found: %v", want, sorted(problems))
		}
	}
}

func TestSoundHTMLPasses(t *testing.T) {
	problems, err := validate(t.Context(), "testdata/sound")
	if err != nil {
		t.Fatal(err)
	}
	report(t, problems)
}

// message is one line of the checker: "file:PATH":LINE.COLUMN-LINE.COLUMN: KIND: TEXT
var message = regexp.MustCompile(`^"?(file:[^"]+?)"?:(\d[\d.-]*): (error|fatal|non-document-error|info warning|info): (.*)$`)

// validate runs the Nu HTML checker over every page below dir. Whatever it says, errors and warnings alike, is a problem;
// what it says in a form not known here is an error, so that nothing passes unread.
func validate(ctx context.Context, dir string) ([]problem, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	jar, err := filepath.Abs(filepath.Join(moduleRoot, "node_modules", "vnu-jar", "build", "dist", "vnu.jar"))
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(jar); err != nil {
		return nil, fmt.Errorf("the Nu HTML checker is missing (make setup installs it): %w", err)
	}
	out, err := exec.CommandContext(ctx, "java", "-Xss2m", "-jar", jar, "--format", "gnu", "--skip-non-html", dir).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	var problems []problem
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSpace(line)
		m := message.FindStringSubmatch(line)
		if m == nil {
			return nil, fmt.Errorf("the Nu HTML checker says: %s", line)
		}
		problems = append(problems, problem{pageOf(m[1], dir), "line " + m[2], m[3], m[4]})
	}
	if err != nil && len(problems) == 0 {
		return nil, fmt.Errorf("the Nu HTML checker: %w", err)
	}
	return problems, nil
}

func pageOf(address, dir string) string {
	path := strings.TrimPrefix(address, "file:")
	if u, err := url.Parse(address); err == nil && u.Path != "" {
		path = u.Path
	}
	return strings.TrimPrefix(path, filepath.ToSlash(dir))
}
