import { AppflowError } from '../errors.ts';
import { inputShapes } from '../input-shapes.ts';
import { createOperation } from '../operation.ts';

const constraints = {
  flowName: { ...inputShapes.flowName, required: true },
} as const;

/** Describes one flow in full, as the catalogue has it: that its entities and fields exist is not looked at. */
export const describeFlow = createOperation({
  name: 'DescribeFlow',
  path: '/describe-flow',
  constraints,
  answer({ flowName }, { registry }) {
    const flow = registry.flows().find(({ description }) => description.flowName === flowName);
    if (flow === undefined) {
      throw new AppflowError('ResourceNotFoundException', `Flow with name ${flowName} does not exist.`);
    }
    return flow.description;
  },
});
