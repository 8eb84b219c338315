package pagefind

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// This test's own binary stands in for pagefind where it is asked for a service. Its name says how it behaves.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "--service" {
		serve(strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe"))
		return
	}
	os.Exit(m.Run())
}

func serve(mood string) {
	in := bufio.NewReader(os.Stdin)
	pages := 0
	for {
		coded, err := in.ReadBytes(',')
		if err != nil {
			return
		}
		plain, _ := base64.StdEncoding.DecodeString(string(coded[:len(coded)-1]))
		var ask struct {
			ID      int            `json:"message_id"`
			Payload map[string]any `json:"payload"`
		}
		_ = json.Unmarshal(plain, &ask)
		say := map[string]any{"type": ask.Payload["type"]}
		switch ask.Payload["type"] {
		case "NewIndex":
			say["index_id"] = 7
			if mood == "dies" {
				return
			}
		case "AddFile":
			say["type"] = "IndexedFile"
			if mood == "refuses" {
				say = map[string]any{"type": "Error", "message": ask.Payload["file_contents"]}
			}
			if ask.Payload["index_id"] == 7.0 && mood != "loses" {
				pages++
			}
		case "GetFiles":
			version := "1.6.0"
			if mood == "ahead" {
				version = "2.0.0"
			}
			file := func(path, data string) map[string]any { return map[string]any{"path": path, "content": []byte(data)} }
			say["files"] = []any{
				file("pagefind.js", "export {}"), file("pagefind-ui.js", "x"), file("index/en_0a.pf_index", "i"), file("../../outside.js", "x"),
				file("pagefind-entry.json", fmt.Sprintf(`{"version":%q,"languages":{"en":{"page_count":%d}}}`, version, pages)),
			}
		}
		answer, _ := json.Marshal(map[string]any{"message_id": ask.ID, "payload": say})
		if mood == "babbles" {
			answer = []byte("hello")
		}
		fmt.Print(base64.StdEncoding.EncodeToString(answer) + ",")
	}
}

func program(t *testing.T, mood string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), mood)
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	return name
}

var two = []Page{{"/a/", []byte("<main>Zembrick</main>")}, {"/b/", []byte("<main>Two</main>")}}

func TestIndex(t *testing.T) {
	files, err := Index(program(t, "pagefind"), two)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, f := range files {
		paths = append(paths, f.Path)
	}
	if !slices.Equal(paths, []string{"pagefind/index/en_0a.pf_index", "pagefind/pagefind-entry.json", "pagefind/pagefind.js"}) || string(files[0].Data) != "i" {
		t.Errorf("%v", paths)
	}
}

func TestIndexRefuses(t *testing.T) {
	for mood, want := range map[string]string{
		"dies": "it stopped answering", "refuses": "it did not answer AddFile with IndexedFile", "loses": "it took 0 of 2 pages", "ahead": "it is of another version than 1",
		"babbles": "its answer is of another form",
	} {
		if files, err := Index(program(t, mood), two); err == nil || err.Error() != want || files != nil {
			t.Errorf("%s: %v %d files, want %q", mood, err, len(files), want)
		}
	}
	if _, err := Index(filepath.Join(t.TempDir(), "nothing"), two); err == nil || err.Error() != "it does not start" {
		t.Errorf("%v", err)
	}
}

func TestProgram(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Program(); !errors.Is(err, ErrMissing) {
		t.Errorf("%v", err)
	}
	name := program(t, "pagefind")
	t.Setenv("PATH", filepath.Dir(name))
	if found, err := Program(); err != nil || found != name {
		t.Errorf("%s %v", found, err)
	}
}

func pack(t *testing.T, name, plain string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Name = name
	if _, err := z.Write([]byte(plain)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTexts(t *testing.T) {
	const m = "pagefind_dcd"
	for _, c := range []struct {
		name, plain string
		want        []string
	}{
		// As pagefind 1.6 wrote it of a page with the words mae, hen and wlad.
		{"pagefind/index/cy_b1.pf_index", m + "\x81\x82\x83chen\x81\x83\x00\x828\x18\x02\x80\x80\x83cmae\x81\x83\x00\x828\x18\x01\x80\x80", []string{"hen 0 mae", ""}},
		{"pagefind/pagefind.cy_c3.pf_meta", m + "\x86e1.6.0\x81\x83jcy_4625b55\x04`\x80\x80\x81etitle\xf6", []string{"1.6.0 0 cy_4625b55 0 title", ""}},
		{"pagefind/fragment/en_1.pf_fragment", m + `{"url":"/a/","content":"Smith \u004aones.","meta":{"title":"T"},"n":[1,true,null]}`, []string{"content", "Smith Jones.", "meta", "title", "T", "n", "url", "/a/", ""}},
		{"pagefind/wasm.en.pagefind", m + "\x00asm\x01\x00\x00\x00words\xff", []string{"\x00asm\x01\x00\x00\x00words 0 ", ""}},
	} {
		if got, err := Texts(c.name, pack(t, "", c.plain)); err != nil || !slices.Equal(got, c.want) || !Owns(c.name) {
			t.Errorf("%s: %q %v", c.name, got, err)
		}
	}
	if got, err := Texts("pagefind/wasm.en.pagefind", pack(t, "Zembrick", m+"\x00asm\x01\x00\x00\x00")); err != nil || !slices.Contains(got, "Zembrick") {
		t.Errorf("the packer's name for it is read too: %q %v", got, err)
	}
	const index = "pagefind/index/a.pf_index"
	for name, data := range map[string][]byte{
		"no gzip":               []byte(m + "\x80"),
		"without its mark":      pack(t, "", "\x80"),
		"two members":           append(pack(t, "", m+"\x80"), pack(t, "", m+"\x80")...),
		"cut":                   pack(t, "", m+"\x80")[:20],
		"more behind":           pack(t, "", m+"\x80\x80"),
		"a list that ends":      pack(t, "", m+"\x82\x01"),
		"bytes":                 pack(t, "", m+"\x41a"),
		"a fraction":            pack(t, "", m+"\xfb\x40\x09\x21\xfb\x54\x44\x2d\x18"),
		"a list without an end": pack(t, "", m+"\x9f\xff"),
		"a tag":                 pack(t, "", m+"\xc1\x01"),
		"text that is none":     pack(t, "", m+"\x61\xff"),
		"a length beyond":       pack(t, "", m+"\x7b\xff\xff\xff\xff\xff\xff\xff\xff"),
		"as deep as a well":     pack(t, "", m+strings.Repeat("\x81", 1000)+"\x00"),
	} {
		if got, err := Texts(index, data); err == nil {
			t.Errorf("%s: read as %q", name, got)
		}
	}
	for _, name := range []string{"pagefind/a.pf_fragment", "pagefind/wasm.en.pagefind"} {
		if got, err := Texts(name, pack(t, "", m+"{")); err == nil {
			t.Errorf("%s: read as %q", name, got)
		}
	}
	if Owns("pages/a.pf_index") || Owns("pagefind/x.bin") {
		t.Error("only packed files of the folder")
	}
}
