package pack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"aead.dev/minisign"
)

// ParseKey reads a publisher's public key: the line that stands in a .pub file, or the whole file.
func ParseKey(text string) (minisign.PublicKey, error) {
	var key minisign.PublicKey
	if err := key.UnmarshalText([]byte(text)); err != nil {
		return key, errors.New("is no public key of a pack's publisher: 56 letters and digits that begin with RW")
	}
	return key, nil
}

// KeyList says which keys a publisher signs with from now on. It is signed with a key that was good until then, so that a
// site which knows only the first key can follow to the present one.
type KeyList struct {
	Sequence int      `json:"sequence"` // 1 for the first list, one more for each after it
	Date     string   `json:"date"`     // RFC 3339
	Keys     []string `json:"keys"`     // all keys that are good from now on; one that is not named here no longer is
}

// SignedList is a key list as it was signed.
type SignedList struct {
	List      string `json:"list"` // the JSON of a KeyList
	Signature string `json:"signature"`
	By        string `json:"by"` // the public key that it is signed with, for people and for the publisher's own check
}

const maxLists = 64

// Sign signs a list.
func (l KeyList) Sign(key minisign.PrivateKey) (SignedList, error) {
	data, err := json.Marshal(l)
	if err != nil {
		return SignedList{}, err
	}
	sig := minisign.SignWithComments(key, data, fmt.Sprintf("candour key list %d", l.Sequence), "signature of a Candour key list")
	public, ok := key.Public().(minisign.PublicKey)
	if !ok {
		return SignedList{}, errors.New("the key has no public half")
	}
	return SignedList{List: string(data), Signature: string(sig), By: public.String()}, nil
}

// Trust is what a site knows of a publisher: the key in its candour.toml, and how far it has followed the key lists.
type Trust struct {
	Root     minisign.PublicKey
	Sequence int // of the newest list that the site has seen; 0 for none
}

// follow goes from the root key through the lists to the keys that are good now.
func (t Trust) follow(lists []SignedList) (keys []minisign.PublicKey, sequence int, err error) {
	keys = []minisign.PublicKey{t.Root}
	if len(lists) > maxLists {
		return nil, 0, refuse("key", "it has too many key lists", "do not use this pack; tell the publisher")
	}
	for _, signed := range lists {
		if !slices.ContainsFunc(keys, func(k minisign.PublicKey) bool {
			return minisign.Verify(k, []byte(signed.List), []byte(signed.Signature))
		}) {
			return nil, 0, refuse("key", "one of its key lists is not signed with a key that was good before it", "do not use this pack; ask the publisher, by a way that you know, which key is theirs")
		}
		var l KeyList
		dec := json.NewDecoder(bytes.NewReader([]byte(signed.List)))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&l); err != nil || l.Sequence != sequence+1 || len(l.Keys) == 0 || len(l.Keys) > maxLists {
			return nil, 0, refuse("key", "one of its key lists is not well formed, or one is missing", "ask the publisher for the pack again")
		}
		sequence = l.Sequence
		keys = keys[:0:0]
		for _, text := range l.Keys {
			k, err := ParseKey(text)
			if err != nil {
				return nil, 0, refuse("key", "one of its key lists names something that is no key", "ask the publisher for the pack again")
			}
			keys = append(keys, k)
		}
	}
	if sequence < t.Sequence {
		return nil, 0, refuse("key", fmt.Sprintf("its newest key list is number %d, and this site has seen number %d", sequence, t.Sequence),
			"it is an old pack, or signed with a key that the publisher has given up; ask the publisher for the newest")
	}
	return keys, sequence, nil
}

// CheckLists follows a publisher's own lists from the first to the last.
func CheckLists(lists []SignedList) error {
	if len(lists) == 0 {
		return nil
	}
	root, err := ParseKey(lists[0].By)
	if err != nil {
		return err
	}
	_, _, err = Trust{Root: root}.follow(lists)
	return err
}

// verify checks the manifest's signature against the keys that are good now.
func verify(keys []minisign.PublicKey, manifest, signature []byte) (minisign.PublicKey, error) {
	var sig minisign.Signature
	if err := sig.UnmarshalText(signature); err != nil {
		return minisign.PublicKey{}, refuse("signature", "it is not signed", "ask the publisher for the signed pack")
	}
	for _, k := range keys {
		if sig.KeyID != k.ID() {
			continue
		}
		if minisign.Verify(k, manifest, signature) {
			return k, nil
		}
		return minisign.PublicKey{}, refuse("signature", "it was changed after it was signed", "do not use it; fetch it again from the publisher")
	}
	return minisign.PublicKey{}, refuse("key", "it is signed with another key than this site trusts",
		"if the publisher has a new key, ask them, by a way that you know, for a pack with their key list, or for the key to put into candour.toml")
}
