// A vCenter or ESXi stand-in for tests: govmomi's simulator with the few switches that the tests need. Prints its URL on one
// line when it is ready and ends when its standard input is closed, so that no test leaves one behind.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"

	_ "github.com/vmware/govmomi/lookup/simulator"
	_ "github.com/vmware/govmomi/pbm/simulator"
	"github.com/vmware/govmomi/simulator"
	_ "github.com/vmware/govmomi/ssoadmin/simulator"
	_ "github.com/vmware/govmomi/sts/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator"
)

// The password comes by the environment: arguments are there for every user of the machine to read.
const passwordVariable = "VCSIM_PASSWORD"

func main() {
	esx := flag.Bool("esx", false, "be a single ESXi host instead of a vCenter")
	vms := flag.Int("vms", 2, "virtual machines in each resource pool and on each standalone host")
	hosts := flag.Int("hosts", 3, "hosts in the cluster")
	folders := flag.Int("folders", 0, "folders to put the datacenter and its parts into")
	user := flag.String("user", "user", "the only user who can log in; the password is in "+passwordVariable)
	listen := flag.String("listen", "127.0.0.1:0", "address and port; port 0 takes a free one")
	flag.Parse()

	model := simulator.VPX()
	if *esx {
		model = simulator.ESX()
	} else {
		model.ClusterHost = *hosts
		model.Folder = *folders
	}
	model.Machine = *vms
	if err := serve(model, *listen, url.UserPassword(*user, os.Getenv(passwordVariable))); err != nil {
		fmt.Fprintln(os.Stderr, "vcsim:", err)
		os.Exit(1)
	}
}

func serve(model *simulator.Model, listen string, login *url.Userinfo) error {
	// Datastores are folders with temporary names; they go with the process.
	defer model.Remove()
	if err := model.Create(); err != nil {
		return err
	}
	model.Service.Listen = &url.URL{Host: listen, User: login}
	model.Service.TLS = new(tls.Config)
	model.Service.RegisterEndpoints = true
	server := model.Service.NewServer()
	defer server.Close()
	fmt.Printf("https://%s%s\n", server.URL.Host, server.URL.Path)
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}
