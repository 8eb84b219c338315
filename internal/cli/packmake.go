package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"aead.dev/minisign"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	candour "candour"
	"candour/internal/build"
	"candour/internal/pack"
	"candour/internal/packing"
)

func (a *app) packCreate() *cobra.Command {
	var m pack.Manifest
	var keyFile, passFile, lists, output string
	var include, exclude, withdrawn []string
	c := &cobra.Command{
		Use:   "create --name NAME --version VERSION --key FILE [--output FILE]",
		Short: "Make a signed pack of this repository's content",
		Long: `Makes a pack of what this repository's public edition is cleared for: by default the narrative, the
alert templates, the leaflets and the vocabularies of data/. The whole edition must pass candour check,
and a page that holds anything withheld, or that is not signed off, cannot go in. Sign-offs go with
their pages, without the names that they note.`,
		Example: `  candour pack create --name national --version 2026.11 --key national.key
  candour pack create --name festival --version 1 --key ours.key --include content/leaflets/festival/
  candour pack create … --withdraw "content/leaflets/festival/old.md=content/leaflets/festival/new.md: out of date"`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case m.Name == "" || m.Version == "":
				return usage("say with --name and --version what the pack is: --name national --version 2026.11")
			case keyFile == "":
				return usage("give the key to sign with, --key FILE; candour pack keygen makes one")
			}
			for _, w := range withdrawn {
				path, reason, ok := strings.Cut(w, ": ")
				page, instead, _ := strings.Cut(path, "=")
				if !ok {
					return usage(`--withdraw takes "PAGE: reason" or "PAGE=REPLACEMENT: reason"`)
				}
				m.Withdrawn = append(m.Withdrawn, pack.Withdrawal{Path: page, ReplacedBy: instead, Reason: strings.TrimSpace(reason)})
			}
			a.edit, a.format = "public", "text"
			opt, done, err := a.options()
			if err != nil {
				return err
			}
			defer done()
			out, err := build.Check(cmd.Context(), opt)
			if err != nil {
				a.tellBefore(out)
				return err
			}
			if out.Audited == nil {
				return a.tell(out)
			}
			files, found := packing.Gather(out.Audited, out.Vetted, include, exclude)
			// What is no error of the site's stays told, though the pack is made.
			if found.Add(out.Findings...); found.HasErrors() {
				a.tellFindings(found)
				return nil
			}
			if len(files) == 0 {
				return usage("there is nothing to put into the pack")
			}
			m.Publisher = cmp.Or(m.Publisher, out.Config.Organisation)
			m.Attribution = cmp.Or(m.Attribution, "Contains public sector information published by "+m.Publisher+" and licensed under the Open Government Licence v3.0.")
			m.MinimumCandour = candour.Version
			m.Date = opt.Load.Now.UTC().Format(time.RFC3339)
			key, err := a.privateKey(keyFile, passFile)
			if err != nil {
				return err
			}
			signed, err := readLists(a.abs(cmp.Or(lists, "")), lists != "")
			if err != nil {
				return err
			}
			data, err := pack.Create(m, files, key, signed)
			if err != nil {
				return a.refused(m.Name, err)
			}
			// What a site would refuse is not handed out.
			root, _ := key.Public().(minisign.PublicKey)
			if len(signed) > 0 {
				if root, err = pack.ParseKey(signed[0].By); err != nil {
					return usage("--keys: %v", err)
				}
			}
			made, err := pack.Open(data, pack.Trust{Root: root}, candour.Version)
			if err != nil {
				return a.refused(m.Name, err)
			}
			file := a.abs(cmp.Or(output, m.Name+"-"+m.Version+".pack"))
			if err := a.replaceFile(file, data); err != nil {
				return err
			}
			if len(found) > 0 {
				a.tellFindings(found)
			}
			a.say("%s: %d files, signed with %s\nSHA-256 %s", a.shown(file), len(files), made.Key(), made.Digest())
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&m.Name, "name", "", "the pack's name: small letters, digits and hyphens")
	f.StringVar(&m.Version, "version", "", "its version: numbers and dots, higher for each new one")
	f.StringVar(&m.Publisher, "publisher", "", "who publishes it (default: organisation of candour.toml)")
	f.StringVar(&m.Licence, "licence", "OGL-UK-3.0", "its licence, by the SPDX name")
	f.StringVar(&m.Attribution, "attribution", "", "the words that pages carry (default: the Open Government Licence's)")
	f.StringVar(&keyFile, "key", "", "the file with the private key")
	f.StringVar(&passFile, "passphrase-file", "", "a file with the key's passphrase (default: CANDOUR_PASSPHRASE, else asked for)")
	f.StringVar(&lists, "keys", "", "the publisher's key lists, made by candour pack rotate")
	f.StringVar(&output, "output", "", "the pack (default: NAME-VERSION.pack)")
	f.StringArrayVar(&include, "include", nil, "put in only these pages, folders or files; may be given more than once")
	f.StringArrayVar(&exclude, "exclude", nil, "leave these out; may be given more than once")
	f.StringArrayVar(&withdrawn, "withdraw", nil, "a page that sites must no longer show: \"PAGE=REPLACEMENT: reason\"")
	a.sourceFlags(c)
	return c
}

func readLists(file string, given bool) ([]pack.SignedList, error) {
	if !given {
		return nil, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, usage("there is no file %s", filepath.Base(file))
	}
	var lists []pack.SignedList
	if json.Unmarshal(data, &lists) != nil {
		return nil, usage("%s is no file of key lists; candour pack rotate makes one", filepath.Base(file))
	}
	return lists, nil
}

func (a *app) packKeygen() *cobra.Command {
	var passFile string
	c := &cobra.Command{
		Use:   "keygen NAME",
		Short: "Make a key to sign packs with",
		Long: `Writes NAME.key, the private key, encrypted with a passphrase, and NAME.pub, the public key that
sites put into candour.toml. Whoever has the private key and its passphrase can publish in your name:
keep it off shared drives, and a copy of it in a safe place. The keys are minisign's, so other tools
can check a signature too.`,
		Example: "  candour pack keygen national",
		Args:    exactly(1, "a NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			private, public := a.abs(args[0]+".key"), a.abs(args[0]+".pub")
			for _, f := range []string{private, public} {
				if _, err := os.Lstat(f); !errors.Is(err, fs.ErrNotExist) {
					return usage("%s is there already; give another name", a.shown(f))
				}
			}
			pass, err := a.passphrase(passFile, "a passphrase for the new key", true)
			if err != nil {
				return err
			}
			pub, priv, err := minisign.GenerateKey(nil)
			if err != nil {
				return err
			}
			sealed, err := minisign.EncryptKey(pass, priv)
			if err != nil {
				return err
			}
			text, err := pub.MarshalText()
			if err != nil {
				return err
			}
			if err := createFile(private, append(sealed, '\n'), 0o600); err != nil {
				return err
			}
			if err := createFile(public, append(text, '\n'), 0o644); err != nil {
				return err
			}
			a.say("%s: keep it secret\n%s: give it to sites: %s", a.shown(private), a.shown(public), pub)
			return nil
		},
	}
	c.Flags().StringVar(&passFile, "passphrase-file", "", "a file with the passphrase (default: CANDOUR_PASSPHRASE, else asked for)")
	c.Flags().BoolVar(&a.quiet, "quiet", false, "say only what is wrong")
	return c
}

func (a *app) packRotate() *cobra.Command {
	var keyFile, passFile, lists string
	var keys []string
	c := &cobra.Command{
		Use:   "rotate --key OLD.key --to NEW.pub --keys LISTS",
		Short: "Say, signed with the old key, which keys are good from now on",
		Long: `Adds a signed list to a file of key lists, which candour pack create then puts into every pack, so
that sites follow to the new key by themselves. A key that is not named with --to is given up: name the
old one too while packs signed with it must still be taken.`,
		Example: `  candour pack rotate --key national.key --to national-2027.pub --keys national.keys
  candour pack create … --key national-2027.key --keys national.keys`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if keyFile == "" || len(keys) == 0 || lists == "" {
				return usage("give --key, --to and --keys; see candour pack rotate --help")
			}
			file := a.abs(lists)
			var signed []pack.SignedList
			if _, err := os.Stat(file); err == nil {
				if signed, err = readLists(file, true); err != nil {
					return err
				}
			}
			now, err := a.clock()
			if err != nil {
				return err
			}
			list := pack.KeyList{Sequence: len(signed) + 1, Date: now.UTC().Format(time.RFC3339)}
			for _, k := range keys {
				data, err := os.ReadFile(a.abs(k))
				if err != nil {
					return usage("there is no file %s", k)
				}
				key, err := pack.ParseKey(string(data))
				if err != nil {
					return usage("%s %v", k, err)
				}
				list.Keys = append(list.Keys, key.String())
			}
			slices.Sort(list.Keys)
			key, err := a.privateKey(keyFile, passFile)
			if err != nil {
				return err
			}
			one, err := list.Sign(key)
			if err != nil {
				return err
			}
			signed = append(signed, one)
			if err := pack.CheckLists(signed); err != nil {
				return &failure{exitUsage, fmt.Errorf("the list cannot be added: %w", err)}
			}
			data, err := json.MarshalIndent(signed, "", "  ")
			if err != nil {
				return err
			}
			if err := a.replaceFile(file, append(data, '\n')); err != nil {
				return err
			}
			a.say("%s: list %d; give it to candour pack create with --keys", a.shown(file), list.Sequence)
			return nil
		},
	}
	c.Flags().StringVar(&keyFile, "key", "", "the file with the private key that is good until now")
	c.Flags().StringVar(&passFile, "passphrase-file", "", "a file with its passphrase (default: CANDOUR_PASSPHRASE, else asked for)")
	c.Flags().StringArrayVar(&keys, "to", nil, "a public key that is good from now on; may be given more than once")
	c.Flags().StringVar(&lists, "keys", "", "the file of key lists; made where there is none")
	c.Flags().StringVar(&a.now, "now", "", "the clock, as 2026-11-20T18:00:00Z (default: SOURCE_DATE_EPOCH, else now)")
	c.Flags().BoolVar(&a.quiet, "quiet", false, "say only what is wrong")
	return c
}

// shown is a path as the user would write it.
func (a *app) shown(file string) string {
	if rel, err := filepath.Rel(a.env.Dir, file); err == nil && !strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(file)
}

func (a *app) privateKey(file, passFile string) (minisign.PrivateKey, error) {
	var none minisign.PrivateKey
	data, err := os.ReadFile(a.abs(file))
	if err != nil {
		return none, usage("there is no key file %s", file)
	}
	data = []byte(strings.TrimSpace(string(data)))
	if !minisign.IsEncrypted(data) {
		return none, usage("%s is no private key that is encrypted; candour pack keygen makes one", file)
	}
	pass, err := a.passphrase(passFile, "the passphrase of "+filepath.Base(file), false)
	if err != nil {
		return none, err
	}
	open := a.env.OpenKey
	if open == nil {
		open = minisign.DecryptKey
	}
	key, err := open(pass, data)
	if err != nil {
		return none, usage("the passphrase does not open %s", file)
	}
	return key, nil
}

// shortest is how many characters a new passphrase must have: what guards a key that a hundred sites trust.
const shortest = 12

// passphrase takes a passphrase from a file, the environment or the terminal, in that order.
func (a *app) passphrase(file, what string, fresh bool) (string, error) {
	pass := ""
	switch {
	case file != "":
		data, err := os.ReadFile(a.abs(file))
		if err != nil {
			return "", usage("there is no file %s", file)
		}
		pass = strings.TrimRight(string(data), "\r\n")
	case a.env.Getenv("CANDOUR_PASSPHRASE") != "":
		pass = a.env.Getenv("CANDOUR_PASSPHRASE")
	default:
		in, ok := a.env.Stdin.(*os.File)
		if !ok || !term.IsTerminal(int(in.Fd())) {
			return "", usage("give %s with --passphrase-file, or in CANDOUR_PASSPHRASE", what)
		}
		ask := func(prompt string) (string, error) {
			fmt.Fprint(a.env.Stderr, prompt+": ")
			typed, err := term.ReadPassword(int(in.Fd()))
			fmt.Fprintln(a.env.Stderr)
			return string(typed), err
		}
		var err error
		if pass, err = ask(what); err != nil {
			return "", err
		}
		if fresh {
			again, err := ask("the same again")
			if err != nil {
				return "", err
			}
			if again != pass {
				return "", usage("the two are not the same")
			}
		}
	}
	if fresh && len([]rune(pass)) < shortest {
		return "", usage("a passphrase takes %d characters at least; four or five words will do", shortest)
	}
	return pass, nil
}

// createFile writes a file that must not be there yet.
func createFile(name string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return writeError(name, err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(name)
		return writeError(name, err)
	}
	return nil
}
