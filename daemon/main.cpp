// SPDX-License-Identifier: GPL-3.0-or-later
// spocd: command line to configuration to run; the last catch.
#include "daemon/app.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>

namespace {

int tell(spoc::daemon::Loaded const& loaded, std::string const& file) {
  for (spoc::daemon::Mistake const& one : loaded.mistakes)
    std::cerr << file << (one.line > 0 ? ":" + std::to_string(one.line) : "") << ": " << one.key << " "
              << one.what << "; " << one.remedy << "\n";
  return loaded.mistakes.empty() ? 0 : 78;  // EX_CONFIG
}

int start(int argc, char** argv) {
  CLI::App app{"spocd: a service desk that agents work from their own mail client"};
  std::string file = "/etc/spoc/spoc.toml";
  bool check = false;
  app.add_option("-c,--config", file, "Configuration file")->capture_default_str();
  app.add_flag("--check", check, "Check the configuration and end");
  app.set_version_flag("--version", "spocd 0.1.0");
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& fault) {
    return app.exit(fault) == 0 ? 0 : 64;  // EX_USAGE
  }
  spoc::daemon::Loaded loaded = spoc::daemon::load_config(file);
  if (int const wrong = tell(loaded, file); wrong != 0 || check) return wrong;
  auto const ended = spoc::daemon::run(std::move(loaded.config));
  if (ended) return 0;
  std::cerr << "spocd: " << ended.error().what << "\n";
  return spoc::exit_code(ended.error().kind);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return start(argc, argv);
  } catch (std::exception const& fault) {
    std::fprintf(stderr, "spocd: %s\n", fault.what());
    return 70;
  }
}
