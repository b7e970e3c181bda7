package io.pulsehook.app;

import java.io.IOException;
import java.util.stream.Stream;

import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UnhandledExceptionsTests {

	private final UnhandledExceptions filter = new UnhandledExceptions();

	@Test
	void blamesNoClientForAFileThatCannotBeRead(CapturedOutput output) throws Exception {
		assertThat(statusOf(new IOException("Stale file handle"))).isEqualTo(500);
		assertThat(output).contains("1 requests failed", "IOException").doesNotContain("Stale");
	}

	static Stream<IOException> faultsOfClients() {
		return Stream.of(new ClientAbortException(), new BadRequestException("broken"),
				new AsyncRequestNotUsableException("gone"));
	}

	@ParameterizedTest
	@MethodSource("faultsOfClients")
	void isQuietAboutClients(IOException fault, CapturedOutput output) throws Exception {
		assertThat(statusOf(fault)).isEqualTo(400);
		assertThat(output).doesNotContain("failed");
	}

	private int statusOf(IOException thrown) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filter.doFilter(new MockHttpServletRequest(), response, (request, answer) -> {
			throw thrown;
		});
		return response.getStatus();
	}

}
