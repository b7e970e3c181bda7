package io.pulsehook.console;

import java.util.HashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where one logs in, and the way there from the bare address of the service.
 */
@ConsoleController
class LoginPage {

	private final Pages pages;

	LoginPage(Pages pages) {
		this.pages = pages;
	}

	@GetMapping("${pulsehook.base-path:/pulsehook}/console/login")
	ModelAndView show(HttpServletRequest request) {
		if (request.getRemoteUser() != null) {
			return this.pages.goTo("");
		}
		Map<String, Object> model = new HashMap<>();
		model.put("failed", request.getParameter("error") != null);
		model.put("throttled", request.getParameter("wait") != null);
		model.put("left", request.getParameter("logout") != null);
		return this.pages.show("login", model);
	}

	@GetMapping("${pulsehook.base-path:/pulsehook}/")
	ModelAndView root() {
		return this.pages.goTo("");
	}

}
