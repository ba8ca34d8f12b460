// SPDX-License-Identifier: GPL-3.0-or-later
// Reads mbox files (RFC 4155 and its elders) line by line.
#include <cctype>
#include <fstream>
#include <string>
#include <utility>

#include "channels/maildir.hpp"

namespace spoc::channels {

namespace {

bool digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// "From somebody Thu Jan  1 00:00:00 2015": the time of day and a year tell it from prose that starts with
// "From ".
bool is_separator(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  bool time = false, year = false;
  for (std::size_t i = 5; i + 4 < line.size() + 1; ++i) {
    char const before = line[i - 1];
    if (before != ' ' || !digit(line[i]) || !digit(line[i + 1])) continue;
    time = time || (line[i + 2] == ':' && digit(line[i + 3]));
    char const after = i + 4 < line.size() ? line[i + 4] : ' ';
    year = year || (digit(line[i + 2]) && digit(line[i + 3]) && (after == ' ' || after == '\r'));
  }
  return time && year;
}

// ">From " in mboxo, any number of ">" in mboxrd: one of them was added by the writer.
bool is_quoted_from(std::string_view line) {
  auto const end = line.find_first_not_of('>');
  return end != std::string_view::npos && end > 0 && line.substr(end).starts_with("From ");
}

// The blank line before a separator belongs to the mbox.
void drop_last_blank(std::string& mail) {
  if (mail == "\n" || mail == "\r\n")
    mail.clear();
  else if (mail.ends_with("\n\n"))
    mail.pop_back();
  else if (mail.ends_with("\n\r\n"))
    mail.resize(mail.size() - 2);
}

}  // namespace

Result<> read_mbox(std::filesystem::path const& file, std::function<bool(std::string&& mail)> const& take) {
  std::error_code fault;
  if (!std::filesystem::exists(file, fault)) return Error{Kind::missing, "there is no " + file.string()};
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file, fault))
    return Error{Kind::denied, file.string() + " can't be opened for reading"};

  std::string line, mail;
  bool inside = false, after_blank = true;
  auto const finish = [&] {
    drop_last_blank(mail);
    return mail.empty() || take(std::exchange(mail, {}));
  };
  while (std::getline(in, line)) {
    bool const blank = line.empty() || line == "\r";
    if (after_blank && (inside ? is_separator(line) : line.starts_with("From "))) {
      if (inside && !finish()) return {};
      inside = true;
      after_blank = false;
      continue;
    }
    if (!inside && !blank)
      return Error{Kind::unreadable, file.string() + " is no mbox: it does not start with \"From \""};
    if (inside) {
      mail.append(is_quoted_from(line) ? std::string_view(line).substr(1) : line);
      // The last line of a file may lack its end.
      if (!in.eof()) mail += '\n';
    }
    after_blank = blank;
  }
  if (in.bad()) return Error{Kind::broken, file.string() + " could not be read to its end"};
  if (inside) finish();
  return {};
}

}  // namespace spoc::channels
