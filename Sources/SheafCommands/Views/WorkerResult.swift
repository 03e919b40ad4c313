/// One worker, as JSON.
struct WorkerResult: Encodable {
    let worker: WorkerRecordView
}
