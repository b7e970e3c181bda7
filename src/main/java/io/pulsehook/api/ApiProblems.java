package io.pulsehook.api;

import java.util.NoSuchElementException;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.failure.LogThrottle;
import io.pulsehook.inbox.model.InboxUnavailableException;

/**
 * Answers failed requests to the API with problem details (RFC 9457). It leaves the other
 * controllers of a host application alone.
 */
@RestControllerAdvice(basePackageClasses = ApiProblems.class)
class ApiProblems extends ResponseEntityExceptionHandler {

	private final LogThrottle unreadable = new LogThrottle(System::nanoTime);

	static NoSuchElementException unknown(String thing, String id) {
		return new NoSuchElementException("There is no " + thing + " '" + id + "'.");
	}

	@ExceptionHandler
	ProblemDetail badParameter(BadParameterException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail notFound(NoSuchElementException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> unavailable(InboxUnavailableException ex) {
		return unavailable(
				"The inbox cannot be written just now, so that this is not done, or not all of it. Repeat it later.");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> unreadable(DataAccessException ex) {
		long failed = this.unreadable.add();
		if (failed > 0) {
			logger.error("The API cannot read the database. Requests that were answered with 503 since this was last "
					+ "logged: " + failed + ". " + DatabaseErrors.of(ex));
		}
		return unavailable("The database cannot be read just now. The log says why. Repeat it later.");
	}

	private static ResponseEntity<ProblemDetail> unavailable(String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail);
		return ResponseEntity.of(problem).header(HttpHeaders.RETRY_AFTER, "10").build();
	}

}
