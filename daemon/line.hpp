// SPDX-License-Identifier: GPL-3.0-or-later
// How other threads reach the desk thread: they hand over a function and wait for its value.
#pragma once

#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <type_traits>
#include <utility>

namespace boost::asio {
class io_context;
}

namespace spoc::daemon {

class Line {
 public:
  explicit Line(boost::asio::io_context& context) : context_{context} {}

  /// Runs `work` on the desk thread and waits for its value. The wait is the back-pressure. Not from the desk
  /// thread. What `work` throws comes to who asked, and std::future_error where the desk ends before it: else
  /// they would wait for ever.
  template <class Work>
  auto ask(Work work) {
    using Value = std::invoke_result_t<Work>;
    // The desk's alone: it may still be at the promise when the answer is here, and a desk that takes no more
    // work breaks it instead of leaving us to wait.
    auto promise = std::make_shared<std::promise<Value>>();
    std::future<Value> answer = promise->get_future();
    post([promise = std::move(promise), &work] { keep_promise(*promise, work); });
    return answer.get();
  }

  /// Hands `work` over and returns at once; the future has its value. What is handed over runs in that order.
  template <class Work>
  auto begin(Work work) {
    using Value = std::invoke_result_t<Work>;
    auto const promise = std::make_shared<std::promise<Value>>();
    post([promise, work = std::move(work)]() mutable { keep_promise(*promise, work); });
    return promise->get_future();
  }

  /// Runs `work` on the desk thread, later.
  void post(std::function<void()> work);

 private:
  template <class Value, class Work>
  static void keep_promise(std::promise<Value>& promise, Work& work) {
    try {
      if constexpr (std::is_void_v<Value>) {
        work();
        promise.set_value();
      } else {
        promise.set_value(work());
      }
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  }

  boost::asio::io_context& context_;
};

}  // namespace spoc::daemon
