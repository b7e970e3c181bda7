package io.pulsehook.app.listen;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains what to change before anything can be listened to.
 */
final class ListenFailureAnalyzer extends AbstractFailureAnalyzer<ListenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ListenException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
