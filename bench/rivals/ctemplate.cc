// ctemplate.cc: the pages in ctemplate, by the protocol of ../template.c; the rows come first on its input. Its dictionary holds
// texts only and is filled once, outside of what is measured: filters are modifiers on texts.
#include <ctemplate/template.h>
#include <ctemplate/template_dictionary.h>
#include <ctemplate/template_emitter.h>
#include <ctemplate/template_modifiers.h>

#include <cctype>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using ctemplate::TemplateDictionary;

static const char fortunes[] =
    "<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>"
    "{{#ROW}}<tr><td>{{ID}}</td><td>{{NOTE:h}}</td></tr>{{/ROW}}</table></body></html>";
static const char table[] =
    "<table>\n{{#ROW}}<tr class=\"{{#ON}}on{{/ON}}{{#OFF}}off{{/OFF}}\"><td>{{ID}}</td><td>{{NAME:x-upper:h}}</td>"
    "<td>{{PRICE:x-fixed}}</td><td>{{NOTE:x-cut:h}}</td><td>{{CITY:h}}</td></tr>\n{{/ROW}}</table>";

struct Upper : ctemplate::TemplateModifier {
    void Modify(const char *in, size_t length, const ctemplate::PerExpandData *, ctemplate::ExpandEmitter *out,
                const std::string &) const override
    {
        std::string text(in, length);
        for (char &c : text)
            c = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
        out->Emit(text);
    }
};

struct Fixed : ctemplate::TemplateModifier {
    void Modify(const char *in, size_t length, const ctemplate::PerExpandData *, ctemplate::ExpandEmitter *out,
                const std::string &) const override
    {
        char text[64];
        out->Emit(text, (size_t)snprintf(text, sizeof text, "%.2f", strtod(std::string(in, length).c_str(), nullptr)));
    }
};

struct Cut : ctemplate::TemplateModifier {
    void Modify(const char *in, size_t length, const ctemplate::PerExpandData *, ctemplate::ExpandEmitter *out,
                const std::string &) const override
    {
        size_t points = 0, cut = 0;
        for (size_t i = 0; i < length; i++) {
            if (((unsigned char)in[i] & 0xc0) == 0x80)
                continue;
            if (points == 29)
                cut = i;
            if (++points > 30) {
                out->Emit(in, cut);
                out->Emit("\xe2\x80\xa6", 3);
                return;
            }
        }
        out->Emit(in, length);
    }
};

static long long cpu_time()
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void fill(TemplateDictionary *page, const std::string &line)
{
    std::vector<std::string> parts;
    std::stringstream stream(line);
    for (std::string part; std::getline(stream, part, '\t');)
        parts.push_back(part);
    TemplateDictionary *row = page->AddSectionDictionary("ROW");
    row->SetValue("ID", parts[0]);
    row->SetValue("NAME", parts[1]);
    row->SetValue("NOTE", parts[2]);
    row->SetValue("CITY", parts[3]);
    row->SetValue("PRICE", parts[4]);
    row->ShowSection(parts[5] == "1" ? "ON" : "OFF");
}

int main()
{
    static Upper upper;
    static Fixed fixed;
    static Cut cut;
    ctemplate::AddModifier("x-upper", &upper);
    ctemplate::AddModifier("x-fixed", &fixed);
    ctemplate::AddModifier("x-cut", &cut);
    ctemplate::StringToTemplateCache("fortunes", fortunes, sizeof fortunes - 1, ctemplate::DO_NOT_STRIP);
    ctemplate::StringToTemplateCache("table", table, sizeof table - 1, ctemplate::DO_NOT_STRIP);
    std::cout << "ctemplate" << std::endl;
    TemplateDictionary first("fortunes"), all("table");
    std::string line, engine, page, task;
    std::getline(std::cin, line);
    for (int i = 0, count = std::stoi(line); i < count && std::getline(std::cin, line); i++) {
        if (i < 13)
            fill(&first, line);
        fill(&all, line);
    }
    std::string out;
    while (std::cin >> engine >> page >> task) {
        const TemplateDictionary *given = page == "table" ? &all : &first;
        auto render = [&] {
            out.clear();
            ctemplate::ExpandTemplate(page, ctemplate::DO_NOT_STRIP, given, &out);
        };
        if (task == "show") {
            render();
            std::cout << out.size() << '\n' << out << std::flush;
            continue;
        }
        long long start = cpu_time();
        for (int i = 0, count = std::stoi(task); i < count; i++)
            render();
        std::cout << cpu_time() - start << std::endl;
    }
}
