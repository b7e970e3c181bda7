package io.pulsehook.console.frame;

import java.util.HashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Shows the form in which the operator logs in.
 */
@ConsoleController
public class LoginPage {

	private final Pages pages;

	LoginPage(Pages pages) {
		this.pages = pages;
	}

	@GetMapping("/login")
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

}
