package io.pulsehook.console.frame;

import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers addresses of the console at which there is no page with a page that says so.
 * The assets are left to the resource handler, which comes after all controllers.
 */
@ConsoleController
public class UnknownPage {

	@RequestMapping({ "/{page:(?!assets$).+}", "/{page:(?!assets$).+}/**" })
	ModelAndView show() {
		throw new NotFoundException("The console has no page at this address.");
	}

}
