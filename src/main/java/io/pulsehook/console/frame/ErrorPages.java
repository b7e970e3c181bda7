package io.pulsehook.console.frame;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.failure.LogThrottle;
import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.receive.ReceiveException;

/**
 * Adds the frame to the pages of the console, and shows an error page when one fails.
 */
@ControllerAdvice(annotations = ConsoleController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ErrorPages {

	private static final Log logger = LogFactory.getLog(ErrorPages.class);

	// A page that is open asks again and again.
	private final LogThrottle unreadable = new LogThrottle(System::nanoTime);

	private final ConsoleSettings settings;

	private final Inbox inbox;

	private final DeadCount deadLetters;

	private final ObjectProvider<Spool> spool;

	private final Pages pages;

	ErrorPages(ConsoleSettings settings, Inbox inbox, DeadCount deadLetters, ObjectProvider<Spool> spool, Pages pages) {
		this.settings = settings;
		this.inbox = inbox;
		this.deadLetters = deadLetters;
		this.spool = spool;
		this.pages = pages;
	}

	@ModelAttribute("shell")
	Shell shell(HttpServletRequest request) {
		return shell(true, request);
	}

	@ExceptionHandler
	ModelAndView unknown(NotFoundException ex, HttpServletRequest request) {
		return page(HttpStatus.NOT_FOUND, "Not found", String.valueOf(ex.getMessage()), request);
	}

	@ExceptionHandler
	ModelAndView unreadable(MethodArgumentTypeMismatchException ex, HttpServletRequest request) {
		return page(HttpStatus.BAD_REQUEST, "Not understood", "The address has a value that cannot be read.", request);
	}

	// A link was cut off, for example when it was copied.
	@ExceptionHandler
	ModelAndView incomplete(ServletRequestBindingException ex, HttpServletRequest request) {
		return page(HttpStatus.BAD_REQUEST, "Not understood",
				"The address is not complete: it lacks a value that this page needs.", request);
	}

	@ExceptionHandler
	ModelAndView unreadable(NotUnderstoodException ex, HttpServletRequest request) {
		return page(HttpStatus.BAD_REQUEST, "Not understood", String.valueOf(ex.getMessage()), request);
	}

	@ExceptionHandler({ InboxUnavailableException.class, ReceiveException.class })
	ModelAndView unavailable(RuntimeException ex, HttpServletRequest request) {
		return page(HttpStatus.SERVICE_UNAVAILABLE, "Not done",
				"Nothing can be stored just now, so this was not done, or not all of it. Try again in a minute.",
				request);
	}

	@ExceptionHandler
	ModelAndView unreadable(DataAccessException ex, HttpServletRequest request) {
		long failed = this.unreadable.add();
		if (failed > 0) {
			logger.error("The console cannot read the database. Pages that were answered with 503 since this was last "
					+ "logged: " + failed + ". " + StackFrames.of(ex));
		}
		return page(HttpStatus.SERVICE_UNAVAILABLE, "Cannot be read",
				"The database cannot be read just now. The log says why.", request);
	}

	// An error page must not ask the database, which may be what has failed.
	private ModelAndView page(HttpStatus status, String title, String detail, HttpServletRequest request) {
		return this.pages.show("problem", status,
				Map.of("title", title, "detail", detail, "shell", shell(false, request), "status", status.value()));
	}

	private Shell shell(boolean counts, HttpServletRequest request) {
		return new Shell(this.settings, this.inbox, this.deadLetters, this.spool.getIfAvailable(), counts, request);
	}

}
