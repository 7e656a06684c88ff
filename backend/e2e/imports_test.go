package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"linli/backend/sheet"
	"linli/backend/testkit"
)

// taken is what an import prints for a machine.
type taken struct {
	DryRun                                     bool
	Rows, Created, Updated, Unchanged, Refused int
	Issues                                     []struct {
		Line                         int
		Column, Code, Message, Value string
	}
}

// desk is an installation that lists are brought to.
type desk struct {
	t   *testing.T
	env []string
	dir string
}

// say runs one command and keeps what it prints for people and machines apart.
func (d desk) say(args ...string) (out, errs string, status int) {
	d.t.Helper()
	cmd := exec.Command(binary(d.t), args...)
	cmd.Env = append(os.Environ(), d.env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exited *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exited) {
		d.t.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// file writes a list as CSV or as the same table in XLSX.
func (d desk) file(name, list string) string {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	content := []byte(list)
	if strings.HasSuffix(name, ".xlsx") {
		table, err := sheet.Read(strings.NewReader(list))
		if err != nil {
			d.t.Fatal(err)
		}
		var book bytes.Buffer
		if err := sheet.Write(&book, sheet.XLSX, table); err != nil {
			d.t.Fatal(err)
		}
		content = book.Bytes()
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// head is the end of the audit chain: it stays where nothing was written.
func (d desk) head() string {
	d.t.Helper()
	out, errs, status := d.say("verify", "--json")
	var report struct {
		Whole bool
		Head  string
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || status != 0 || !report.Whole {
		d.t.Fatalf("verify: %d %v %s%s", status, err, out, errs)
	}
	return report.Head
}

// take imports a list and wants a status and what became of its rows.
func (d desk) take(status int, want taken, list, path string, flags ...string) taken {
	d.t.Helper()
	args := append([]string{"import", list, path, "--json"}, flags...)
	out, errs, got := d.say(args...)
	var x taken
	if err := json.Unmarshal([]byte(out), &x); err != nil || got != status || errs != "" {
		d.t.Fatalf("%v: status %d, %v, %s%s", args, got, err, out, errs)
	}
	if !strings.Contains(out, `"issues": [`) {
		d.t.Errorf("%v: issues are no list: %s", args, out)
	}
	issues := x.Issues
	if x.Issues = nil; x.DryRun != want.DryRun || x.Rows != want.Rows || x.Created != want.Created || x.Updated != want.Updated || x.Unchanged != want.Unchanged || x.Refused != want.Refused {
		d.t.Errorf("%v: %+v, want %+v", args, x, want)
	}
	x.Issues = issues
	return x
}

// listCase is a list with a bad row between two good ones.
type listCase struct {
	name, list   string
	column, code string // of what is wrong in line 3
	value        string
	change       [2]string // a correction of the first row
	more         string    // one more good row
}

var listCases = []listCase{
	{
		name: "organizations", column: "uscc", code: "uscc.check", value: "52510104MJQ001237X",
		list: "uscc,name,kind,place_code,grade,service,categories,areas\n" +
			"52510104MJQ001237W,和风社会工作服务中心,SSO,510108008001,4,上门探访,elderly.visit,510108008000\n" +
			"52510104MJQ001237X,末位不对,SSO,510108008001,,,,\n" +
			"91510107MA6C00017H,晨光邻里社会企业,SE,510108008001,,课后托管,children.after_school,510108008000\n",
		change: [2]string{"510108008001,4,", "510108008001,5,"}, more: "53510107MJY0007144,锦城公益基金会,FDN,510108008001,,,,\n",
	},
	{
		name: "needs", column: "category", code: "taxonomy.unknown", value: "elderly.none",
		list: "place_code,category,title,summary,beneficiaries,estimate_yuan,body\n" +
			"510108008001,elderly.visit,独居老人需要探访,七栋九栋没有电梯,8,60000.00,新鸿社区居委会\n" +
			"510108008001,elderly.none,类别不对,没有这个类别,8,,新鸿社区居委会\n" +
			"510108008001,children.after_school,放学后没人管,双职工家庭多,30,,新鸿社区居委会\n",
		change: [2]string{"七栋九栋没有电梯", "七栋八栋九栋都没有电梯"}, more: "510108008001,safety.lighting,三号楼路灯不亮,晚上看不见台阶,,,新鸿社区居委会\n",
	},
}

// Of a list with a bad row in the middle the good rows are taken and the bad one is named by line,
// column and reason; trying it changes nothing, and neither does a second time, in either format.
func TestImport_RowByRowFromTheCommandLine(t *testing.T) {
	t.Parallel()
	for name, env := range map[string]func(t *testing.T) []string{
		"sqlite":   func(*testing.T) []string { return nil },
		"postgres": func(t *testing.T) []string { return []string{"LINLI_DATABASE=" + testkit.PostgresDatabase(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desk{t: t, dir: t.TempDir(), env: append(env(t), "LINLI_DATA_DIR="+t.TempDir())}
			if out, errs, status := d.say("import", "divisions", d.file("divisions.csv", divisions)); status != 0 {
				t.Fatal(out, errs)
			}
			committee := "uscc,name,kind,place_code\n54510108ME1000011J,新鸿社区居委会,RC,510108008001\n"
			d.take(0, taken{Rows: 1, Created: 1}, "organizations", d.file("committee.csv", committee))
			for _, c := range listCases {
				d.rowByRow(c)
			}
		})
	}
}

func (d desk) rowByRow(c listCase) {
	d.t.Helper()
	csv, xlsx := d.file(c.name+".csv", c.list), d.file(c.name+".xlsx", c.list)
	before := d.head()
	for _, path := range []string{csv, xlsx} {
		d.named(c, d.take(1, taken{DryRun: true, Rows: 3, Created: 2, Refused: 1}, c.name, path, "--dry-run"))
	}
	if d.head() != before {
		d.t.Errorf("trying %s changed something", c.name)
	}
	d.named(c, d.take(1, taken{Rows: 3, Created: 2, Refused: 1}, c.name, csv))
	after := d.head()
	for _, path := range []string{csv, xlsx} {
		d.named(c, d.take(1, taken{Rows: 3, Unchanged: 2, Refused: 1}, c.name, path))
	}
	out, errs, status := d.say("import", c.name, csv)
	if status != 1 || !strings.Contains(errs, "line 3, column "+c.column+": error ("+c.code+")") || !strings.Contains(out, "took 3 rows · 0 created, 0 updated, 2 unchanged, 1 refused") {
		d.t.Errorf("for people: %d %s%s", status, out, errs)
	}
	if d.head() != after {
		d.t.Errorf("%s a second time changed something", c.name)
	}
	lines := strings.SplitAfter(c.list, "\n")
	good := strings.Replace(lines[0]+lines[1]+lines[3], c.change[0], c.change[1], 1) + c.more
	d.take(0, taken{Rows: 3, Created: 1, Updated: 1, Unchanged: 1}, c.name, d.file(c.name+"-good.xlsx", good))
	d.take(0, taken{Rows: 3, Unchanged: 3}, c.name, d.file(c.name+"-good.csv", good))
	after = d.head()
	for what, path := range map[string]string{
		"no list at all": d.file("nonsense.csv", "\x00\x01"), "no workbook": d.file("broken.csv", "PK\x03\x04"), "an empty file": d.file("empty.csv", ""),
	} {
		if out, errs, status := d.say("import", c.name, path, "--json"); status != 1 || out != "" || !strings.Contains(errs, "sheet.") {
			d.t.Errorf("%s: %d %s%s", what, status, out, errs)
		}
	}
	if d.head() != after {
		d.t.Errorf("files that do not read changed something")
	}
}

// named wants the bad row and nothing else to be told of.
func (d desk) named(c listCase, x taken) {
	d.t.Helper()
	if len(x.Issues) != 1 {
		d.t.Errorf("%s: %d issues: %+v", c.name, len(x.Issues), x.Issues)
		return
	}
	if i := x.Issues[0]; i.Line != 3 || i.Column != c.column || i.Code != c.code || i.Value != c.value || i.Message == "" {
		d.t.Errorf("%s: %+v", c.name, i)
	}
}
