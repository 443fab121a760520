// An extension in C, against the canonical ABI of the component model and nothing else: no C library, no generated bindings.
// POST /crc32 answers with the CRC-32 of its body and writes a log line.
//
// What the ABI says, as far as it is used here: a string and a list are an address and a length; a record is its fields one after the
// other; a variant is its case and the fields of the widest case. Up to 16 values of a function's parameters come as plain
// arguments. A result of more than one value comes back as the address of a struct.
#include <stddef.h>
#include <stdint.h>

typedef struct {
  const uint8_t *at;
  size_t length;
} string;

typedef struct {
  string name;
  string value;
} header;

enum body_case { BODY_EMPTY, BODY_TEXT, BODY_BINARY };

// `response` of the interface `types`.
typedef struct {
  uint16_t status;
  const header *headers;
  size_t header_count;
  uint8_t body_case;
  string body;
} response;

// `result<_, string>`: 0 with nothing, or 1 with a reason.
typedef struct {
  uint8_t is_error;
  string reason;
} event_result;

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

__attribute__((import_module("alga:extension/log@2.0.0"), import_name("write"))) void log_write(
    int32_t level, const uint8_t *message, size_t message_length, const header *fields, size_t field_count);

#define TEXT(literal) {(const uint8_t *)(literal), sizeof(literal) - 1}

// The host puts arguments into memory that it asks for here. Nothing is ever given back: the sandbox ends with the answer.
extern uint8_t __heap_base;
static size_t next = 0;

__attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, size_t old_size, size_t align, size_t size) {
  if (next == 0) next = (size_t)&__heap_base;
  size_t start = (next + align - 1) & ~(align - 1);
  size_t end = start + size;
  size_t have = __builtin_wasm_memory_size(0) * 65536;
  if (end > have && __builtin_wasm_memory_grow(0, (end - have + 65535) / 65536) == (size_t)-1) __builtin_trap();
  next = end;
  uint8_t *moved = (uint8_t *)start;
  for (size_t i = 0; i < old_size && i < size; i++) moved[i] = ((uint8_t *)old)[i];
  return moved;
}

static uint32_t crc32(string text) {
  uint32_t crc = 0xFFFFFFFF;
  for (size_t i = 0; i < text.length; i++) {
    crc ^= text.at[i];
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & -(crc & 1));
  }
  return ~crc;
}

static void write_hex(uint32_t value, uint8_t *to) {
  for (int i = 0; i < 8; i++) to[i] = (uint8_t)"0123456789abcdef"[(value >> (28 - 4 * i)) & 15];
}

// `handle` of `http-handler`: the fields of `request`, one after the other. The manifest declares one endpoint, so that no other request
// arrives here.
__attribute__((export_name("alga:extension/http-handler@2.0.0#handle"))) const response *handle_request(
    const uint8_t *method, size_t method_length, const uint8_t *path, size_t path_length, const uint8_t *endpoint, size_t endpoint_length,
    const header *params, size_t param_count, const header *query, size_t query_count, const header *headers, size_t header_count,
    int32_t body_case, const uint8_t *body, size_t body_length) {
  static uint8_t json[] = "{\"crc32\":\"00000000\"}";
  static const header json_type[] = {{TEXT("content-type"), TEXT("application/json")}};
  static response answer;

  write_hex(crc32((string){body, body_case == BODY_EMPTY ? 0 : body_length}), json + 10);
  header field = {TEXT("crc32"), {json + 10, 8}};
  log_write(LOG_INFO, (const uint8_t *)"computed", 8, &field, 1);
  answer = (response){200, json_type, 1, BODY_TEXT, {json, sizeof json - 1}};
  return &answer;
}

// `handle` of `event-handler`: the world has it, the manifest subscribes to nothing.
__attribute__((export_name("alga:extension/event-handler@2.0.0#handle"))) const event_result *handle_event(
    const uint8_t *id, size_t id_length, const uint8_t *topic, size_t topic_length, const uint8_t *at, size_t at_length, uint32_t attempt,
    const uint8_t *payload, size_t payload_length) {
  static const event_result refused = {1, TEXT("no events are expected")};
  return &refused;
}
