package io.pulsehook.console.deadletters;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is found in a stack trace.
 */
class RootCauseTests {

	private static final String TRACE = """
			org.springframework.web.client.ResourceAccessException: I/O error on POST
			over two lines
			\tat org.springframework.web.client.DefaultRestClient.send(DefaultRestClient.java:99)
			\tat com.example.crm.CrmClient.find(CrmClient.java:31)
			\tat com.example.crm.CrmSync.handle(CrmSync.java:12)
			\tat java.base/java.lang.reflect.Method.invoke(Method.java:580)
			\tat io.pulsehook.dispatch.handler.RegisteredHandler.handle(RegisteredHandler.java:77)
			\tat io.pulsehook.dispatch.lane.Run.run(Run.java:140)
			\tat java.base/java.lang.Thread.run(Thread.java:1583)
			\tSuppressed: java.lang.IllegalStateException: closed
			\t\tat com.example.crm.CrmClient.close(CrmClient.java:88)
			\tCaused by: java.lang.Error: of the suppressed one
			Caused by: com.example.crm.NoAccountException: No account 17
			\tat app//com.acme.http.Pool.take(Pool.java:5)
			\tat app//com.example.crm.Accounts.find(Accounts.java:7)
			\t... 6 more
			""";

	@Test
	void isTheInnermostExceptionWithTheFramesOfTheHandlersOwnCode() {
		RootCause cause = RootCause.of("org.springframework.web.client.ResourceAccessException: I/O error on POST",
				TRACE);
		assertThat(cause.cause()).isEqualTo(new Failure("NoAccountException", "No account 17"));
		assertThat(cause.wrapper()).isEqualTo(new Failure("ResourceAccessException", "I/O error on POST"));
		assertThat(cause.own()).containsExactly("com.example.crm.Accounts.find(Accounts.java:7)",
				"com.example.crm.CrmClient.find(CrmClient.java:31)", "com.example.crm.CrmSync.handle(CrmSync.java:12)");
		assertThat(cause.place()).isEqualTo("com.example.crm.Accounts.find(Accounts.java:7)");
	}

	@Test
	void isTheSentenceOfADestinationThatHasNoStackTrace() {
		RootCause cause = RootCause.of("The answer was 422 Unprocessable Content.", "");
		assertThat(cause.cause().title()).isEqualTo("The answer was 422 Unprocessable Content.");
		assertThat(cause.cause().name()).as("before 'in crm'").isEqualTo("The answer was 422 Unprocessable Content");
		assertThat(cause.cause().detail()).isEmpty();
		assertThat(cause.wrapper()).isNull();
		assertThat(cause.place()).isNull();
	}

	@Test
	void isFoundInATraceThatWasCutOff() {
		String cut = TRACE.substring(0, TRACE.indexOf("No account") + 4);
		RootCause cause = RootCause.of("a.B: c", cut);
		assertThat(cause.cause()).isEqualTo(new Failure("NoAccountException", "No a"));
		assertThat(cause.own()).first().isEqualTo("com.example.crm.CrmClient.find(CrmClient.java:31)");
	}

	@Test
	void isFoundInWhatJavaPrints() {
		Exception thrown = new IllegalStateException("outer", new IOException("inner"));
		StringWriter text = new StringWriter();
		thrown.printStackTrace(new PrintWriter(text, true));
		RootCause cause = RootCause.of(thrown.toString(), text.toString());
		assertThat(cause.cause()).isEqualTo(new Failure("IOException", "inner"));
		assertThat(cause.place()).contains("RootCauseTests.isFoundInWhatJavaPrints");
	}

}
