// A bare gRPC file server in Go: it sends a file from the disk in chunks, and takes files, hashes and keeps them.
// Run as `server PORT CHUNK_BYTES FOLDER`; messages are bytes, as for the other bare server of the bench.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
)

type raw struct{ data []byte }

type codec struct{}

func (codec) Marshal(v any) ([]byte, error) { return v.(*raw).data, nil }

func (codec) Unmarshal(data []byte, v any) error {
	v.(*raw).data = append([]byte(nil), data...)
	return nil
}

func (codec) Name() string { return "proto" }

type bare struct {
	chunk  int
	folder string
}

func varint(n int) []byte {
	var out []byte
	for ; n > 0x7f; n >>= 7 {
		out = append(out, byte(n&0x7f|0x80))
	}
	return append(out, byte(n))
}

func (b *bare) down(_ any, stream grpc.ServerStream) error {
	var asked raw
	if err := stream.RecvMsg(&asked); err != nil {
		return err
	}
	file, err := os.Open(filepath.Join(b.folder, "file"))
	if err != nil {
		return err
	}
	defer file.Close()
	for {
		head := append([]byte{0x0a}, varint(b.chunk)...)
		message := make([]byte, len(head)+b.chunk)
		copy(message, head)
		n, err := io.ReadFull(file, message[len(head):])
		if n == b.chunk {
			if err := stream.SendMsg(&raw{message}); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

func (b *bare) up(_ any, stream grpc.ServerStream) error {
	file, err := os.CreateTemp(b.folder, "incoming")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	hash := sha256.New()
	for {
		var one raw
		if err := stream.RecvMsg(&one); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		hash.Write(one.data)
		if _, err := file.Write(one.data); err != nil {
			return err
		}
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return stream.SendMsg(&raw{[]byte(hex.EncodeToString(hash.Sum(nil)))})
}

func (b *bare) ready(_ any, stream grpc.ServerStream) error {
	var asked raw
	if err := stream.RecvMsg(&asked); err != nil {
		return err
	}
	return stream.SendMsg(&raw{})
}

func main() {
	encoding.RegisterCodec(codec{})
	chunk, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	b := &bare{chunk, os.Args[3]}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%s", os.Args[1]))
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer()
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: "bare.Bare",
		HandlerType: (*any)(nil),
		Streams: []grpc.StreamDesc{
			{StreamName: "Down", Handler: b.down, ServerStreams: true},
			{StreamName: "Up", Handler: b.up, ClientStreams: true},
			{StreamName: "Ready", Handler: b.ready},
		},
	}, b)
	log.Fatal(server.Serve(listener))
}
