// SPDX-License-Identifier: GPL-3.0-or-later
// How other threads reach the desk thread: they hand over a function and wait for its value.
#pragma once

#include <functional>
#include <future>
#include <type_traits>

namespace boost::asio {
class io_context;
}

namespace spoc::daemon {

class Line {
 public:
  explicit Line(boost::asio::io_context& context) : context_{context} {}

  /// Runs `work` on the desk thread and waits for its value. The wait is the back-pressure. Not from the desk
  /// thread.
  template <class Work>
  auto ask(Work work) {
    using Value = std::invoke_result_t<Work>;
    std::promise<Value> promise;
    std::future<Value> answer = promise.get_future();
    post([&promise, &work] {
      if constexpr (std::is_void_v<Value>) {
        work();
        promise.set_value();
      } else {
        promise.set_value(work());
      }
    });
    return answer.get();
  }

  /// Runs `work` on the desk thread, later.
  void post(std::function<void()> work);

 private:
  boost::asio::io_context& context_;
};

}  // namespace spoc::daemon
