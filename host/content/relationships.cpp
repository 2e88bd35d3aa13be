// SPDX-License-Identifier: MPL-2.0
#include "content/relationships.h"

#include <algorithm>
#include <vector>

#include "content/xml_scanner.h"

namespace lastlook::content {
namespace {

// `target` seen from the folder of `from`: "../comments1.xml" from "xl/worksheets/sheet1.xml".
std::string Resolve(std::string_view from, std::string_view target) {
  if (target.starts_with('/')) {
    return std::string(target.substr(1));
  }
  std::vector<std::string_view> steps;
  const auto walk = [&steps](std::string_view path) {
    while (!path.empty()) {
      const std::size_t slash = std::min(path.find('/'), path.size());
      const std::string_view step = path.substr(0, slash);
      path.remove_prefix(std::min(slash + 1, path.size()));
      if (step == "..") {
        if (!steps.empty()) {
          steps.pop_back();
        }
      } else if (!step.empty() && step != ".") {
        steps.push_back(step);
      }
    }
  };
  walk(from.substr(0, from.rfind('/') == std::string_view::npos ? 0 : from.rfind('/')));
  walk(target);
  std::string path;
  for (const std::string_view step : steps) {
    path.append(path.empty() ? "" : "/").append(step);
  }
  return path;
}

}  // namespace

std::map<std::string, Relationship> RelationshipsOf(const Package& package, std::string_view path) {
  std::map<std::string, Relationship> found;
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string_view::npos ? "" : std::string(path.substr(0, slash + 1));
  const std::string* part = package.Find(folder + "_rels/" + std::string(LastStep(path)) + ".rels");
  if (part == nullptr) {
    return found;
  }
  const std::string text = XmlAsUtf8(*part);
  XmlScanner xml(text);
  for (auto event = xml.Next(); event != XmlScanner::Event::kEnd; event = xml.Next()) {
    if (event != XmlScanner::Event::kOpen || xml.name() != "Relationship") {
      continue;
    }
    Relationship one;
    const std::string type = xml.Attribute("Type");
    one.type = LastStep(type);
    one.external = xml.RawAttribute("TargetMode") == "External";
    const std::string target = xml.Attribute("Target");
    one.target = one.external ? target : Resolve(path, target);
    found.emplace(xml.Attribute("Id"), std::move(one));
  }
  return found;
}

std::string TargetOfType(const std::map<std::string, Relationship>& relationships, std::string_view type) {
  for (const auto& [id, one] : relationships) {
    if (one.type == type && !one.external) {
      return one.target;
    }
  }
  return {};
}

}  // namespace lastlook::content
