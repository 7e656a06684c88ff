// Package picture makes an uploaded photo safe to publish: it is decoded and encoded again,
// so that position, device and every other note a camera wrote into it (EXIF, XMP,
// thumbnails) is gone, and so that what is stored is an image and nothing else. Pure: bytes
// in, bytes out.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
)

// MaxPixels bounds what one photo may unfold to in memory: 40 megapixels are 160 MB, more
// than any phone's ordinary picture.
const MaxPixels = 40_000_000

// quality of re-encoded JPEGs: no visible loss on a phone photo, a third of its size.
const quality = 85

// The refusals. ErrUnknown: neither JPEG nor PNG by content. ErrBroken: says it is one, and
// cannot be decoded. ErrTooLarge: more than MaxPixels.
var (
	ErrUnknown  = errors.New("picture: neither JPEG nor PNG")
	ErrBroken   = errors.New("picture: cannot be decoded")
	ErrTooLarge = fmt.Errorf("picture: more than %d pixels", MaxPixels)
)

// Clean is a picture without notes. MediaType is told by its content, not by its name.
type Clean struct {
	Bytes         []byte
	MediaType     string
	Width, Height int
}

// Strip decodes and re-encodes a JPEG or PNG. A rotation that the camera only noted is
// applied first, because the note does not survive.
func Strip(data []byte) (Clean, error) {
	config, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || (kind != "jpeg" && kind != "png") {
		return Clean{}, unreadable(err)
	}
	if config.Width <= 0 || config.Height <= 0 {
		return Clean{}, ErrBroken
	}
	if int64(config.Width)*int64(config.Height) > MaxPixels {
		return Clean{}, ErrTooLarge
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return Clean{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if kind == "jpeg" {
		img = turn(img, orientation(data))
	}
	return encode(img, kind)
}

func unreadable(err error) error {
	if err == nil || errors.Is(err, image.ErrFormat) {
		return ErrUnknown
	}
	return fmt.Errorf("%w: %w", ErrBroken, err)
}

func encode(img image.Image, kind string) (Clean, error) {
	var out bytes.Buffer
	var err error
	if kind == "png" {
		err = png.Encode(&out, img)
	} else {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		return Clean{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	size := img.Bounds().Size()
	return Clean{Bytes: out.Bytes(), MediaType: "image/" + kind, Width: size.X, Height: size.Y}, nil
}
