// Package pagefind has the program pagefind make a search index of finished pages, and reads what is in such an index.
//
// Pages go to the program over its standard input and the files come back over its standard output, as its own API for
// Node does it (`pagefind --service`, https://pagefind.app/docs/node-api/): nothing is written to disk on the way.
package pagefind

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"candour/internal/output"
)

// Dir is the folder of the site that holds the index.
const Dir = "pagefind/"

// Page is a finished page. URL is what a result links to; the words are those of the element marked data-pagefind-body.
type Page struct {
	URL  string
	HTML []byte
}

// ErrMissing is returned where the program is not installed.
var ErrMissing = errors.New("the program pagefind is not installed")

// Program finds pagefind on the path. What lies in the content repository is never run.
func Program() (string, error) {
	for _, name := range []string{"pagefind_extended", "pagefind"} {
		if found, err := exec.LookPath(name); err == nil && filepath.IsAbs(found) {
			return found, nil
		}
	}
	return "", ErrMissing
}

// Bounds on what the program may take and answer.
const (
	patience   = 2 * time.Minute
	mostAnswer = 256 << 20
)

// wanted are the files of an index that a page with a script of its own needs; the others are interfaces of pagefind's.
var wanted = regexp.MustCompile(`^(pagefind\.js|pagefind-entry\.json|wasm\.[a-z-]+\.pagefind|pagefind\.[\w-]+\.pf_meta|(index|fragment|filter)/[\w-]+\.pf_(index|fragment|filter))$`)

// Index makes the files of an index, below Dir and sorted. The same pages in the same order give the same files.
// An error says what was wrong with the program's answer, and quotes nothing of it.
func Index(program string, pages []Page) ([]output.File, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "--service")
	// It reads settings from its folder and environment, which would make the index another one on another machine.
	cmd.Dir = filepath.VolumeName(program) + string(filepath.Separator)
	for _, name := range []string{"PATH", "SystemRoot"} { // what a launcher script and Windows need
		if v := os.Getenv(name); v != "" {
			cmd.Env = append(cmd.Env, name+"="+v)
		}
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, errors.New("it does not start")
	}
	files, err := (&talk{in: in, out: bufio.NewReader(io.LimitReader(out, mostAnswer))}).index(pages)
	_ = in.Close() // ends the service
	if err != nil {
		cancel()
	}
	_ = cmd.Wait()
	if ctx.Err() == context.DeadlineExceeded {
		return nil, fmt.Errorf("it was not done after %s", patience)
	}
	return files, err
}

// talk is a conversation with the service: messages of JSON in base64, each with a comma behind it.
type talk struct {
	in   io.Writer
	out  *bufio.Reader
	last int
}

type answer struct {
	ID      int `json:"message_id"`
	Payload struct {
		Type    string `json:"type"`
		IndexID *int   `json:"index_id"`
		Files   []struct {
			Path    string `json:"path"`
			Content []byte `json:"content"`
		} `json:"files"`
	} `json:"payload"`
}

func (t *talk) ask(want string, payload map[string]any) (*answer, error) {
	t.last++
	message, err := json.Marshal(map[string]any{"message_id": t.last, "payload": payload})
	if err != nil {
		return nil, err
	}
	if _, err := t.in.Write(append([]byte(base64.StdEncoding.EncodeToString(message)), ',')); err != nil {
		return nil, errors.New("it stopped listening")
	}
	coded, err := t.out.ReadBytes(',')
	if err != nil {
		return nil, errors.New("it stopped answering")
	}
	plain, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(coded[:len(coded)-1])))
	if err != nil {
		return nil, errors.New("its answer is of another form")
	}
	a := &answer{}
	if err := json.Unmarshal(plain, a); err != nil || a.ID != t.last {
		return nil, errors.New("its answer is of another form")
	}
	if a.Payload.Type != want {
		return nil, fmt.Errorf("it did not answer %v with %s", payload["type"], want)
	}
	return a, nil
}

func (t *talk) index(pages []Page) ([]output.File, error) {
	made, err := t.ask("NewIndex", map[string]any{"type": "NewIndex", "config": map[string]any{"write_playground": false}})
	if err != nil {
		return nil, err
	}
	if made.Payload.IndexID == nil {
		return nil, errors.New("its answer is of another form")
	}
	id := *made.Payload.IndexID
	for _, p := range pages {
		if _, err := t.ask("IndexedFile", map[string]any{"type": "AddFile", "index_id": id, "url": p.URL, "file_contents": string(p.HTML)}); err != nil {
			return nil, err
		}
	}
	got, err := t.ask("GetFiles", map[string]any{"type": "GetFiles", "index_id": id})
	if err != nil {
		return nil, err
	}
	var files []output.File
	for _, f := range got.Payload.Files {
		name := filepath.ToSlash(f.Path)
		if wanted.MatchString(name) {
			files = append(files, output.File{Path: Dir + name, Data: f.Content})
		}
	}
	slices.SortFunc(files, func(a, b output.File) int { return cmp.Compare(a.Path, b.Path) })
	if err := complete(files, len(pages)); err != nil {
		return nil, err
	}
	return files, nil
}

// complete reports what an index lacks.
func complete(files []output.File, pages int) error {
	site := output.Site{Files: files}
	entry := site.Find(Dir + "pagefind-entry.json")
	if entry == nil || site.Find(Dir+"pagefind.js") == nil {
		return errors.New("it made no pagefind.js and pagefind-entry.json")
	}
	var e struct {
		Version   string `json:"version"`
		Languages map[string]struct {
			Pages int `json:"page_count"`
		} `json:"languages"`
	}
	if err := json.Unmarshal(entry.Data, &e); err != nil || !regexp.MustCompile(`^1\.\d+\.\d+$`).MatchString(e.Version) {
		return errors.New("it is of another version than 1")
	}
	n := 0
	for _, l := range e.Languages {
		n += l.Pages
	}
	if n != pages {
		return fmt.Errorf("it took %d of %d pages", n, pages)
	}
	return nil
}
