package audit

import (
	"crypto/sha256"
	"encoding/hex"
)

// Tree is the growing Merkle tree of RFC 6962 over leaf hashes. It keeps one node per set
// bit of the size, so that a walk over millions of records needs no memory for them.
type Tree struct {
	size  uint64
	nodes [][]byte // roots of the complete subtrees, largest first
}

// Append adds a leaf hash in hex, as HashLeaf gives it. What is no hex is taken as a leaf of
// its own bytes, so that a corrupted hash still changes the root.
func (t *Tree) Append(leafHash string) {
	node, err := hex.DecodeString(leafHash)
	if err != nil {
		node = []byte(leafHash)
	}
	for s := t.size; s&1 == 1; s >>= 1 {
		last := len(t.nodes) - 1
		node = inner(t.nodes[last], node)
		t.nodes = t.nodes[:last]
	}
	t.nodes = append(t.nodes, node)
	t.size++
}

// Root is the tree head in hex; the SHA-256 of nothing for an empty tree.
func (t *Tree) Root() string {
	if len(t.nodes) == 0 {
		empty := sha256.Sum256(nil)
		return hex.EncodeToString(empty[:])
	}
	root := t.nodes[len(t.nodes)-1]
	for i := len(t.nodes) - 2; i >= 0; i-- {
		root = inner(t.nodes[i], root)
	}
	return hex.EncodeToString(root)
}

func inner(left, right []byte) []byte {
	h := sha256.New()
	h.Write([]byte{1})
	h.Write(left)
	h.Write(right)
	return h.Sum(nil)
}
