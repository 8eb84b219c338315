package cli_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"aead.dev/minisign"
	"github.com/rogpeppe/go-internal/testscript"

	"candour/internal/cli"
	"candour/internal/sitetest"
)

var update = flag.Bool("update", false, "write what commands print into the scripts that compare it")

// planted stand in what the scripts withhold. No command may print one of them, whatever goes wrong: the scripts' command
// candour looks for them in everything that is printed.
var planted = []string{"quillon", "900123"}

// A script's folder is a content repository. Unless it brings a candour.toml of its own it gets the one of package
// sitetest, which asks for no sign-offs. The clock stands at sitetest.Now.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", strconv.FormatInt(sitetest.Now.Unix(), 10))
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache"))
			env.Values["run"] = &run{}
			config := filepath.Join(env.WorkDir, "candour.toml")
			if _, err := os.Stat(config); err == nil {
				return nil
			}
			return os.WriteFile(config, []byte(sitetest.Config), 0o644)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"candour": candour, "code": code, "bytes": writeBytes, "holds": holds, "keep": keep, "kept": kept, "replace": replace,
			"append": appendFile, "pubkey": pubkey, "packblock": packBlock, "unpacked": unpacked,
		},
	})
}

// run is the last run of a script, and what its folders held when it asked to keep them in mind.
type run struct {
	code  int
	trees map[string]map[string]string
}

func state(ts *testscript.TestScript) *run { return ts.Value("run").(*run) }

// candour ARGS… runs the program in this process.
func candour(ts *testscript.TestScript, neg bool, args []string) {
	var stdout, stderr bytes.Buffer
	r := state(ts)
	r.code = cli.Run(context.Background(), args, cli.Env{Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		Dir: ts.MkAbs("."), Getenv: ts.Getenv, Clock: func() time.Time { return sitetest.Now }, OpenKey: openKey})
	_, _ = ts.Stdout().Write(stdout.Bytes())
	_, _ = ts.Stderr().Write(stderr.Bytes())
	for _, p := range planted {
		if strings.Contains(strings.ToLower(stdout.String()+stderr.String()), p) {
			ts.Fatalf("a withheld value was printed: %q", p)
		}
	}
	if neg == (r.code == 0) {
		ts.Fatalf("exit code %d", r.code)
	}
}

// code N checks the exit code of the last run.
func code(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: code N")
	}
	if got := strconv.Itoa(state(ts).code); got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// bytes FILE TEXT writes what no archive can hold: TEXT is a Go string without its quotes.
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: bytes FILE TEXT")
	}
	data, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	name := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(name), 0o755))
	ts.Check(os.WriteFile(name, []byte(data), 0o644))
}

// replace OLD NEW FILE edits a file as an author would: the first OLD becomes NEW, which is a Go string without its quotes.
func replace(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: replace OLD NEW FILE")
	}
	text, err := strconv.Unquote(`"` + strings.ReplaceAll(args[1], `"`, `\"`) + `"`)
	ts.Check(err)
	was := ts.ReadFile(args[2])
	if n := strings.Count(was, args[0]); n == 0 {
		ts.Fatalf("%q is not in %s", args[0], args[2])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.Replace(was, args[0], text, 1)), 0o644))
}

// holds DIR TEXT looks for a text, in any letter case, in every file below a folder and in its name.
func holds(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: holds DIR TEXT")
	}
	where, files := "", 0
	ts.Check(fs.WalkDir(os.DirFS(ts.MkAbs(args[0])), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(filepath.Join(ts.MkAbs(args[0]), filepath.FromSlash(p)))
		if want := strings.ToLower(args[1]); strings.Contains(strings.ToLower(p+"\n"+string(data)), want) {
			where = p
		}
		return err
	}))
	switch {
	case files == 0:
		ts.Fatalf("%s holds no files", args[0])
	case neg && where != "":
		ts.Fatalf("%s/%s holds %q", args[0], where, args[1])
	case !neg && where == "":
		ts.Fatalf("nothing in %s holds %q", args[0], args[1])
	}
}

// keep DIR remembers every file below a folder, and kept DIR checks that nothing has changed since: neither bytes, modes
// nor times. kept DIR OTHER compares the bytes with those of another folder instead.
func keep(ts *testscript.TestScript, _ bool, args []string) {
	r := state(ts)
	if r.trees == nil {
		r.trees = map[string]map[string]string{}
	}
	for _, dir := range args {
		r.trees[dir] = tree(ts, dir, true)
	}
}

func kept(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 || len(args) > 2 {
		ts.Fatalf("usage: kept DIR [OTHER]")
	}
	was, now := state(ts).trees[args[0]], tree(ts, args[0], len(args) == 1)
	if len(args) == 2 {
		was = tree(ts, args[1], false)
	}
	if len(was) == 0 {
		ts.Fatalf("there is nothing to compare %s with", args[0])
	}
	for p, sum := range was {
		if now[p] != sum {
			ts.Fatalf("%s is not as it was", p)
		}
		delete(now, p)
	}
	for p := range now {
		ts.Fatalf("%s is new", p)
	}
}

func tree(ts *testscript.TestScript, dir string, times bool) map[string]string {
	files := map[string]string{}
	ts.Check(fs.WalkDir(os.DirFS(ts.MkAbs(dir)), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(filepath.Join(ts.MkAbs(dir), filepath.FromSlash(p)))
		files[p] = fmt.Sprintf("%x", sha256.Sum256(data))
		if times {
			files[p] += fmt.Sprint(info.Mode(), info.ModTime())
		}
		return err
	}))
	return files
}

// append FILE MORE puts the contents of MORE at the end of FILE.
func appendFile(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: append FILE MORE")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.ReadFile(args[0])+ts.ReadFile(args[1])), 0o644))
}

// pubkey NAME FILE sets a variable to the public key of a .pub file.
func pubkey(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: pubkey NAME FILE")
	}
	lines := strings.Fields(ts.ReadFile(args[1]))
	ts.Setenv(args[0], lines[len(lines)-1])
}

// packblock FILE NAME writes the [[pack]] of the scripts, with the key of a variable.
func packBlock(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: packblock FILE NAME")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), fmt.Appendf(nil, "[[pack]]\nname = \"national\"\nsource = \"../national-1.pack\"\nkey = %q\n", ts.Getenv(args[1])), 0o644))
}

// unpacked FILE DIR takes the compression off a pack.
func unpacked(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: unpacked FILE DIR")
	}
	zr, err := gzip.NewReader(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	data, err := io.ReadAll(zr)
	ts.Check(err)
	ts.Check(os.MkdirAll(ts.MkAbs(args[1]), 0o755))
	ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[1]), "archive"), data, 0o644))
}

var opened sync.Map

// openKey decrypts each key once for all commands of a run: the delay is there against guessing, not for tests.
func openKey(passphrase string, sealed []byte) (minisign.PrivateKey, error) {
	type result struct {
		key minisign.PrivateKey
		err error
	}
	name := passphrase + "\n" + string(sealed)
	if r, ok := opened.Load(name); ok {
		return r.(result).key, r.(result).err
	}
	key, err := minisign.DecryptKey(passphrase, sealed)
	opened.Store(name, result{key, err})
	return key, err
}
