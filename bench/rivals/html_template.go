// html_template.go: the pages in Go's html/template, by the protocol of ../template.c; the rows come first on its input.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"html/template"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

const fortunes = `<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>` +
	`{{range .}}<tr><td>{{.Id}}</td><td>{{.Note}}</td></tr>{{end}}</table></body></html>`
const table = "<table>\n" + `{{range .}}<tr class="{{if .Active}}on{{else}}off{{end}}"><td>{{.Id}}</td>` +
	`<td>{{.Name|upper}}</td><td>{{.Price|printf "%.2f"}}</td><td>{{.Note|cut}}</td><td>{{.City}}</td></tr>` + "\n{{end}}</table>"

type row struct {
	Id               int
	Name, Note, City string
	Price            float64
	Active           bool
}

func cut(text string) string {
	runes := []rune(text)
	if len(runes) <= 30 {
		return text
	}
	return string(runes[:29]) + "…"
}

func cpu() int64 {
	var used syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return used.Utime.Nano() + used.Stime.Nano()
}

func main() {
	functions := template.FuncMap{"upper": strings.ToUpper, "cut": cut}
	pages := map[string]*template.Template{
		"fortunes": template.Must(template.New("fortunes").Parse(fortunes)),
		"table":    template.Must(template.New("table").Funcs(functions).Parse(table)),
	}
	fmt.Println("html/template " + runtime.Version())
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	count, _ := strconv.Atoi(in.Text())
	rows := make([]row, count)
	for i := range rows {
		in.Scan()
		parts := strings.Split(in.Text(), "\t")
		rows[i] = row{Name: parts[1], Note: parts[2], City: parts[3], Active: parts[5] == "1"}
		rows[i].Id, _ = strconv.Atoi(parts[0])
		rows[i].Price, _ = strconv.ParseFloat(parts[4], 64)
	}
	var out bytes.Buffer
	for in.Scan() {
		words := strings.Fields(in.Text())
		page, given := pages[words[1]], rows
		if words[1] == "fortunes" {
			given = rows[:13]
		}
		render := func() {
			out.Reset()
			if err := page.Execute(&out, given); err != nil {
				panic(err)
			}
		}
		if words[2] == "show" {
			render()
			fmt.Printf("%d\n%s", out.Len(), out.String())
			continue
		}
		times, _ := strconv.Atoi(words[2])
		start := cpu()
		for i := 0; i < times; i++ {
			render()
		}
		fmt.Println(cpu() - start)
	}
}
