// Package file knows stored files: content hash, size, media type, owner, visibility.
package file

// Repository is what this package needs stored.
type Repository interface{}
