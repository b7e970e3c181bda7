package io.pulsehook.event;

/**
 * A flow was launched by a custom trigger: {@code run_custom_flow}. The page promises
 * data of the flow, its example has none; should it come, it is in {@link #info()}.
 *
 * @param details what every chatbot event carries
 */
public record CustomFlowRun(ChatbotDetails details) implements ChatbotEvent {

}
