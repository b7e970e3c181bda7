package io.pulsehook.autoconfigure.failure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.pulsehook.autoconfigure.TokenException;

/**
 * Explains where tokens are configured and how to generate one.
 */
final class TokenFailureAnalyzer extends AbstractFailureAnalyzer<TokenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TokenException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Set pulsehook.token, which is the token of source 'default', or pulsehook.sources.<source>.tokens to "
						+ "random text, for example what this command prints: openssl rand -hex 24",
				cause);
	}

}
